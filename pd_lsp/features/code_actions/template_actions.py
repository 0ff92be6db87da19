"""Inserting the template of an app: as a whole step in an empty file, as lines inside an existing handler."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.features.code_actions.insert_template import insert_at
from pd_lsp.features.insertion.identifiers import fresh_name
from pd_lsp.features.insertion.site import site_at
from pd_lsp.model import AppProp, AppSlug, Template
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

ANOTHER_APP = "Insert template for another app…"
NOT_YET = "not yet an app of this step"
_MOST_OFFERED = 60
"""Templates at one caret; somebody with more apps names one: `slack` completes to those of Slack alone."""

_SEEN_AT_ONCE = 8
"""Templates that a list of actions shows before somebody has to scroll."""


@dataclass(frozen=True, slots=True)
class OfferedTemplate:
    """A template of an app that the person can use here, under the name it has in `pd.inputs`."""

    prop: AppProp
    app_name: str
    template: Template
    is_missing: bool
    """Whether this step, as workflow.yaml has it, lacks the app: then the code alone is not enough."""


def template_actions(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """One action for each template of an app of this step, then of each app with a connected account.

    Of an app that the step lacks it is the first template alone, so that the list can be read. One action leads to all
    others: the last one, or the last that is seen without scrolling.
    """
    site = site_at(snapshot.tree, snapshot.lines, selected.end, is_step=snapshot.step is not None)
    if site is None:
        return []
    found = []
    for offered in islice(_few(offered_templates(snapshot)), _MOST_OFFERED):
        edits = insert_at(site, offered.template, offered.prop.name)
        if edits:
            title = f"Insert {offered.app_name}: {offered.template.title}"
            found.append(CodeAction(f"{title} ({NOT_YET})" if offered.is_missing else title, edits))
    return [*found[:_SEEN_AT_ONCE], CodeAction(ANOTHER_APP, command="choose template"), *found[_SEEN_AT_ONCE:]]


def _few(templates: Iterable[OfferedTemplate]) -> Iterator[OfferedTemplate]:
    shown = set()
    for offered in templates:
        if not offered.is_missing or offered.prop.app not in shown:
            shown.add(offered.prop.app)
            yield offered


def offered_templates(snapshot: Snapshot) -> Iterator[OfferedTemplate]:
    """The templates to offer: the apps of this step before all, under the names they have in it."""
    for prop in offered_props(snapshot):
        accounts = snapshot.accounts_of(prop)
        connected = accounts[0].app if accounts else None
        known = connected or snapshot.catalogue(prop.app)
        for template in snapshot.templates(prop.app, connected):
            yield OfferedTemplate(prop, known.name if known else prop.app, template, is_missing(snapshot, prop))


def offered_props(snapshot: Snapshot) -> Iterator[AppProp]:
    """The apps of this step, under the names they have in it, then those that have a connected account."""
    offered = set()
    for prop in snapshot.step.apps if snapshot.step else ():
        offered.add(prop.app)
        yield prop
    for account in snapshot.accounts.accounts:
        if account.app.slug not in offered and not account.dead:
            offered.add(account.app.slug)
            yield prop_of(snapshot, account.app.slug)


def prop_of(snapshot: Snapshot, app: AppSlug) -> AppProp:
    """The prop of an app in this step; for one that it lacks, under a name that it has for nothing else.

    A step can have `slack_v2` under the name `slack`.
    """
    step = snapshot.step
    if step is None:
        return AppProp(app, app)
    taken = {*(prop.name for prop in step.apps), *step.data_stores}
    own = (prop for prop in step.apps if prop.app == app)
    return next(own, None) or AppProp(fresh_name(app, taken.__contains__), app)


def is_missing(snapshot: Snapshot, prop: AppProp) -> bool:
    """Whether the document is a step of a workflow, and has no such prop there."""
    return snapshot.step is not None and prop not in snapshot.step.apps
