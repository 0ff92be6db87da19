"""Templates for editors that let the person search in a list: which apps there are, and inserting one of theirs."""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.catalog import catalog
from pd_lsp.features.code_actions.add_app import can_add_app
from pd_lsp.features.code_actions.insert_template import insert_at
from pd_lsp.features.code_actions.template_actions import is_missing, offered_props, prop_of
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
    near = [prop.app for prop in offered_props(snapshot)] if snapshot else []
    found = _found(search, near) if isinstance(search, str) and search.strip() else near
    first = frozenset(near)
    ordered = sorted(found, key=lambda slug: slug not in first)  # which keeps the order among equals
    return {"apps": list(islice(_apps(ordered, snapshot), _MOST_FOUND))}


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
    prop = prop_of(snapshot, template.app)
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
    name = _name(snapshot, prop.app)
    if is_missing(snapshot, prop):
        action = f"Add {name} (…) to this step in workflow.yaml"
        here = f", or choose “{action}” on the new line" if can_add_app(snapshot, prop.name) else ""
        server.say(f"This step has no {name} yet: add the app to it in Pipedream{here}.", lsp.MessageType.Info)
    elif snapshot.accounts.complete and not snapshot.accounts_of(prop):
        server.say(f"No account of {name} is connected yet: connect one before you run it.", lsp.MessageType.Info)


def _found(text: str, near: list[AppSlug]) -> list[AppSlug]:
    """Those of the catalogue, and connected ones that it lacks."""
    lacking = [slug for slug in near if text.strip().casefold() in slug.casefold()]
    return list(dict.fromkeys([*lacking, *catalog().find(text)]))


def _apps(slugs: list[AppSlug], snapshot: "Snapshot | None") -> Iterator[dict[str, Any]]:
    for slug in slugs:
        titles = [template.title for template in _templates(snapshot, slug)]
        if titles:
            connected = snapshot is not None and any(not account.dead for account in snapshot.accounts.of(slug))
            yield {"app": slug, "name": _name(snapshot, slug), "connected": connected, "templates": titles}


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
