"""One frozen moment of a document, and of all that is known around it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pd_lsp.model import Account, Accounts, App, AppProp, AppSlug, KeySet, Step, Template, Workflow, earlier_steps
from pd_lsp.shapes import Shape
from pd_lsp.syntax.imported import NOTHING_IMPORTED, Imported
from pd_lsp.syntax.tree import Tree
from pd_lsp.syntax.workflow_sources import WorkflowSources
from pd_lsp.text import LineIndex


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that a feature may look at."""

    lines: LineIndex
    tree: Tree
    accounts: Accounts
    workflow: Workflow | None
    """The workflow that the document belongs to; None for a lone step, or in a folder that is not trusted."""
    step: Step | None
    """The document's own entry in that workflow."""
    catalogue: Callable[[AppSlug], App | None]
    """What is known of an app without asking anybody."""
    templates: Callable[[AppSlug, App | None], tuple[Template, ...]]
    """The templates of an app, the best first; asked with the app as its accounts have it, where one is connected."""
    step_shapes: Callable[[], Mapping[str, Shape]] = dict
    """By name in `pd.steps`: what is known of the trigger and of each earlier step."""
    other_steps: Callable[[], Mapping[str, Tree]] = dict
    """By name: the code of the workflow's other Python steps."""
    sources: Callable[[], WorkflowSources | None] = lambda: None
    """The workflow's files with the places in them; None for a lone step, or in a folder that is not trusted."""
    dotenv_names: Callable[[], tuple[str, ...] | None] = lambda: None
    """The names of the variables that the project's `.env` sets, without a value; None where it may not be read."""
    allowed_variables: Callable[[], tuple[str, ...]] = tuple
    """The names of the variables of the person's own environment that a run of the step gets; never a value."""
    imported: Imported = NOTHING_IMPORTED
    """What the names stand for that the text imports from modules beside it."""
    has_stub: Callable[[], bool] = bool
    """Whether a stub in the project tells typed Python servers what `pd` has."""

    levels: Mapping[str, Literal["error", "warning", "information", "hint", "off"]] = field(default_factory=dict)
    """By code of a rule: what the person or the project has set for it."""

    headers_of: Callable[[AppSlug], Mapping[str, str]] = lambda _: {}
    """The headers that an app takes its credentials in, with `{key}` for a key of `$auth`; none unless sure."""
    stub_is_due: Callable[[], bool] = bool
    """Whether the project could have type stubs and has none, or some that are older than what they tell of."""

    @property
    def text(self) -> str:
        """The document's text."""
        return self.lines.text

    def app_prop(self, name: str) -> AppProp:
        """The app prop that `pd.inputs[name]` stands for: as the step declares it, else the app of that very name."""
        declared = next((prop for prop in self.step.apps if prop.name == name), None) if self.step else None
        return declared or AppProp(name, AppSlug(name))

    def accounts_of(self, prop: AppProp) -> tuple[Account, ...]:
        """The accounts that a prop can mean: the one that workflow.yaml names, else all of its app."""
        named = self.accounts.by_id(prop.account_id) if prop.account_id else None
        return (named,) if named else self.accounts.of(prop.app)

    def keys_of(self, prop: AppProp) -> KeySet:
        """The keys of `$auth` for a prop: those of its accounts, merged; else what the catalogue knows of the app.

        Merged keys are all the keys only where every account's are: one of which nothing is known may have others.
        """
        sets = [account.keys for account in self.accounts_of(prop)]
        known = [keys for keys in sets if keys.fields]
        if not known:
            app = self.catalogue(prop.app)
            return app.keys if app else KeySet()
        fields = {field.name: field for keys in known for field in keys.fields}
        return KeySet(tuple(fields.values()), all(keys.complete for keys in sets), known[0].source)

    def earlier_steps(self) -> tuple[Step, ...]:
        """The steps that run before this one, in order, without the disabled ones."""
        return earlier_steps(self.workflow, self.step) if self.workflow and self.step else ()
