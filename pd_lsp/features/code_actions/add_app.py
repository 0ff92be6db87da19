"""Adding an app to a step: its entry in workflow.yaml, as GitHub Sync writes it (docs/platform.md, section 6.2)."""

import re
from collections.abc import Iterator

from pd_lsp.features.code_actions.action import CodeAction, OtherFile
from pd_lsp.features.rules.account_reads import account_reads
from pd_lsp.model import Account
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.workflow_sources import Gap, WorkflowText
from pd_lsp.text import TextEdit, TextRange

_PLAIN = re.compile(r"[A-Za-z][\w-]*", re.ASCII)
_WORDS_OF_YAML = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def add_app(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """An action where the step reads an app that it does not have in workflow.yaml, for each account that it can mean.

    Only with accounts of which the service has said all that such an entry holds.
    """
    step, place = snapshot.step, _place(snapshot)
    if step is None or place is None:
        return []
    file, gap = place
    has = {*(prop.name for prop in step.apps), *step.data_stores}
    found: dict[str, CodeAction] = {}
    for use in account_reads(snapshot):
        name = use.path[1]
        if name in has or not (use.key.start <= selected.end and selected.start <= use.key.end):
            continue
        for account in _accounts(snapshot, name):
            title = f"Add {account.app.name} ({account.label}) to this step in workflow.yaml"
            line_end = "\r\n" if "\r\n" in file.lines.text else "\n"
            lines = "".join(f"{line_end}{line}" for line in _lines(account, name, gap))
            edit = TextEdit(TextRange(gap.offset, gap.offset), lines)
            found.setdefault(title, CodeAction(title, elsewhere=OtherFile(file.path, file.lines, (edit,))))
    return [*found.values()]


def can_add_app(snapshot: Snapshot, name: str) -> bool:
    """Whether the action is there for an app that the step reads as `name`, once it does."""
    return _place(snapshot) is not None and any(_accounts(snapshot, name))


def _place(snapshot: Snapshot) -> tuple[WorkflowText, Gap] | None:
    """The text of workflow.yaml, and where the step's entry in it takes one more prop."""
    sources = snapshot.sources() if snapshot.step else None
    file = sources.workflow if sources else None
    entry = file.steps.get(snapshot.step.namespace) if file and snapshot.step else None
    return (file, entry.gap) if file and entry and entry.gap else None


def _accounts(snapshot: Snapshot, name: str) -> Iterator[Account]:
    for account in snapshot.accounts_of(snapshot.app_prop(name)):
        if not account.dead and not account.local and account.app.id and account.app.auth_type:
            yield account


def _lines(account: Account, name: str, gap: Gap) -> list[str]:
    """The lines for one more prop."""
    name = _scalar(name)
    app, key, dash = account.app, " " * gap.column, " " * gap.dash
    above = [] if gap.has_props else [f"{' ' * (gap.column - 2)}props:", f"{key}__configurableProps:"]
    item = [
        f"{dash}- app: {_scalar(app.slug)}",
        f"{dash}  name: {name}",
        f"{dash}  type: app",
        f"{dash}  authType: {app.auth_type}",
        f"{dash}  appId: {app.id}",
    ]
    return [*above, *item, f"{key}{name}:", f"{key}  authProvisionId: {account.id}"]


def _scalar(slug: str) -> str:
    """A slug as YAML reads it back as text: one such as `on` or `123` only in quotes."""
    return slug if _PLAIN.fullmatch(slug) and slug.lower() not in _WORDS_OF_YAML else f"'{slug}'"
