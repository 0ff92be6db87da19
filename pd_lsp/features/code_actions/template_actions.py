"""Inserting the template of an app: as a whole step in an empty file, as lines inside an existing handler."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.features.code_actions.insert_template import insert_template
from pd_lsp.model import AppProp, Template
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

_MOST_OFFERED = 60
"""Templates at one caret; somebody with more apps names one: `slack` completes to those of Slack alone."""
_LONGEST_STEP = 100_000
"""Characters of a text into which templates go. The longest of 183 steps has 47,776 (docs/platform.md, section 11.1);
each template takes time with the length of the text, and editors ask at each move of the caret."""


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A template of an app that the person can use here, under the name it has in `pd.inputs`."""

    prop: AppProp
    app_name: str
    template: Template


def template_actions(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """One action for each template of an app of this step, then of each app with a connected account."""
    if not is_step(snapshot):
        return []
    found = []
    for offered in islice(offered_templates(snapshot), _MOST_OFFERED):
        edits = insert_template(
            snapshot.text, selected.end, offered.template, prop=offered.prop.name, tree=snapshot.tree
        )
        if edits:
            found.append(CodeAction(f"Insert {offered.app_name}: {offered.template.title}", edits))
    return found


def is_step(snapshot: Snapshot) -> bool:
    """Whether the document is a step, or an empty file that can become one; elsewhere we are a guest and keep quiet."""
    if len(snapshot.text) > _LONGEST_STEP:
        return False
    return snapshot.step is not None or not snapshot.text.strip() or bool(handlers(snapshot.tree))


def offered_templates(snapshot: Snapshot) -> Iterator[OfferedTemplate]:
    """The templates to offer: the apps of this step before all, under the names they have in it."""
    for prop in _props(snapshot):
        accounts = snapshot.accounts_of(prop)
        known = accounts[0].app if accounts else snapshot.catalogue(prop.app)
        for template in snapshot.templates(prop.app):
            yield OfferedTemplate(prop, known.name if known else prop.app, template)


def _props(snapshot: Snapshot) -> Iterator[AppProp]:
    offered = set()
    for prop in snapshot.step.apps if snapshot.step else ():
        offered.add(prop.app)
        yield prop
    for account in snapshot.accounts.accounts:
        if account.app.slug not in offered and not account.dead:
            offered.add(account.app.slug)
            yield AppProp(account.app.slug, account.app.slug)
