"""Templates for editors that let the person search in a list: which apps there are, and inserting one of theirs."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.catalog import catalog
from pd_lsp.features.code_actions.insert_template import insert_at
from pd_lsp.features.code_actions.template_actions import offered_props
from pd_lsp.features.insertion.site import site_at
from pd_lsp.model import App, AppProp, AppSlug, Template
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.templates import templates_for

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer
    from pd_lsp.syntax.snapshot import Snapshot

_MOST_FOUND = 50


def give_templates(server: "PdLanguageServer") -> None:
    """Adds the commands about templates; each takes one object."""

    @server.command("pd.templates")
    @costs_only_its_answer(None)
    def templates(*arguments: Any) -> dict[str, Any]:
        return list_templates(server, convert.command_argument(arguments))

    @server.command(convert.INSERT_TEMPLATE)
    @costs_only_its_answer(None)
    async def insert_template(*arguments: Any) -> dict[str, Any] | None:
        edit = insert_chosen(server, convert.command_argument(arguments))
        if edit is None:
            return None
        answer = await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(edit, label="Insert template"))
        return {"applied": answer.applied}


def list_templates(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any]:
    """The apps that `argument["search"]` finds, each with the titles of its templates, as JSON.

    Without a search they are the apps of the step `argument["uri"]` and those with a connected account; these come
    first in what a search finds, too.
    """
    uri, search = argument.get("uri"), argument.get("search")
    snapshot = server.state.snapshot(uri) if isinstance(uri, str) else None
    connected = {prop.app: prop for prop in offered_props(snapshot)} if snapshot else {}
    found = _found(search.strip(), connected) if isinstance(search, str) and search.strip() else list(connected)
    ordered = sorted(found, key=lambda slug: slug not in connected)  # which keeps the order among equals
    return {"apps": list(islice(_apps(snapshot, ordered, connected), _MOST_FOUND))}


def insert_chosen(server: "PdLanguageServer", argument: Mapping[str, Any]) -> lsp.WorkspaceEdit | None:
    """The edit that puts a template at `argument["position"]` of the document `argument["uri"]`.

    It is the one with the number `argument["template"]`, from 0, of those of the app `argument["app"]`. None where that
    can't be done; the person has heard why.
    """
    uri, slug, number = argument.get("uri"), argument.get("app"), argument.get("template", 0)
    position = _position(argument.get("position"))
    snapshot = server.state.snapshot(uri) if isinstance(uri, str) else None
    if snapshot is None or position is None or not isinstance(uri, str):
        server.say("Open the step in the editor, put the caret where the template belongs, then choose it again.")
        return None
    templates = _templates(snapshot, AppSlug(slug)) if isinstance(slug, str) else ()
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(templates):
        server.say("There is no such template: choose one of the list.")
        return None
    template = templates[number]
    prop = next(
        (prop for prop in offered_props(snapshot) if prop.app == template.app), AppProp(template.app, template.app)
    )
    offset = convert.offset(snapshot.lines, position, server.unit)
    site = site_at(snapshot.tree, snapshot.lines, offset, is_step=True)
    edits = insert_at(site, template, prop.name) if site else None
    if not edits:
        server.say("No template can stand here: put the caret into the handler, or into an empty file.")
        return None
    _say_what_is_missing(server, snapshot, prop)
    changes = [convert.text_edit(snapshot.lines, edit, server.unit) for edit in edits]
    return lsp.WorkspaceEdit(changes={uri: changes})


def _say_what_is_missing(server: "PdLanguageServer", snapshot: "Snapshot", prop: AppProp) -> None:
    if snapshot.step is not None and prop not in snapshot.step.apps:
        server.say(
            f"This step has no {prop.app} yet: add the app to the step in Pipedream, or write its account into "
            "workflow.yaml with the action “Add … to this step in workflow.yaml” on the new line.",
            lsp.MessageType.Info,
        )
    elif not snapshot.accounts_of(prop):
        server.say(
            f"No account of {prop.app} is connected yet: connect one before you run the step.", lsp.MessageType.Info
        )


def _found(text: str, connected: Mapping[AppSlug, AppProp]) -> list[AppSlug]:
    """Those of the catalogue, and connected ones that it lacks."""
    lacking = [slug for slug in connected if text.casefold() in slug.casefold()]
    return list(dict.fromkeys([*lacking, *(facts.app.slug for facts in catalog().search(text, _MOST_FOUND))]))


def _apps(
    snapshot: "Snapshot | None", slugs: Iterable[AppSlug], connected: Mapping[AppSlug, AppProp]
) -> Iterator[dict[str, Any]]:
    for slug in slugs:
        titles = [template.title for template in _templates(snapshot, slug)]
        if titles:
            name = _name(snapshot, slug)
            yield {"app": slug, "name": name, "connected": slug in connected, "templates": titles}


def _name(snapshot: "Snapshot | None", slug: AppSlug) -> str:
    facts, own = catalog().app(slug), _connected(snapshot, slug)
    return own.name if own else facts.app.name if facts else slug


def _templates(snapshot: "Snapshot | None", slug: AppSlug) -> tuple[Template, ...]:
    return templates_for(slug, _connected(snapshot, slug))


def _connected(snapshot: "Snapshot | None", slug: AppSlug) -> App | None:
    accounts = snapshot.accounts.of(slug) if snapshot else ()
    return accounts[0].app if accounts else None


def _position(value: Any) -> lsp.Position | None:
    match value:
        case {"line": int(line), "character": int(character)} if line >= 0 and character >= 0:
            return lsp.Position(line, character)
    return None
