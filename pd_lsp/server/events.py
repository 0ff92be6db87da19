"""The commands about events: what Pipedream keeps of them, saving those, and what is saved beside a workflow.

Only in trusted folders (D6), and only when the person asks: nothing else in the server calls these.
"""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.accounts.provider import AccountsError
from pd_lsp.model import Workflow
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.workflows.event_writing import EventNotSavedError
from pd_lsp.workflows.events import saved_events
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.workflow_file import workflow_at

if TYPE_CHECKING:
    from pd_lsp.accounts.past_events import Pulled
    from pd_lsp.events.pulling import Origins
    from pd_lsp.server.app import PdLanguageServer

    _Command = Callable[[PdLanguageServer, Mapping[str, Any]], Awaitable[list[dict[str, Any]]]]

_USUAL, _MOST = 20, 100
_KEEPING_EVENTS = ("dc_", "hi_")
"""How the ids of triggers begin that can be asked for events; failed ones are asked for beside them."""
_MOST_SAVED = 1000


class EventsNotGivenError(Exception):
    """A command can't be done; the message says why, and what to do."""


async def recent_events(server: "PdLanguageServer", argument: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The last events, failed ones too, newest first, without their contents.

    `argument` has the `uri` of a step, or a `source`, or both; `limit` and `workspace` where wanted.
    Raises EventsNotGivenError.
    """
    from pd_lsp.events.shown import row  # noqa: PLC0415 - nobody needs it before the command is called

    path, origins = _origins(server, argument)
    pulled = await _pulled_from(server, path, origins, argument, _limit(argument))
    return [row(event) for event in pulled.events]


async def pull_events(server: "PdLanguageServer", argument: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Saves `events` beside the workflow of the step `uri`: where each is, and whether it was written now.

    They are named as `recent_events` has listed them, by `id` and `origin`. Raises EventsNotGivenError.
    """
    from pd_lsp.events.pulling import origins_named  # noqa: PLC0415 - as above
    from pd_lsp.events.saving import save  # noqa: PLC0415 - as above

    chosen = _chosen(argument)
    path, folder = _trusted(server, argument)
    workflow = _workflow(path, folder)
    if workflow is None:
        raise EventsNotGivenError("This step belongs to no workflow.yaml, beside which events could be saved.")
    origins = origins_named(origin for _, origin in chosen)
    pulled = await _pulled_from(server, path, origins, argument, _MOST * len(chosen))
    _trusted(server, argument)  # that may have ended meanwhile
    events = [event for event in pulled.events if (event.id, event.origin) in chosen]
    files = []
    for event in events:
        try:
            saved = save(Path(workflow.folder), event)
        except EventNotSavedError as error:
            server.say(str(error), lsp.MessageType.Error)
            continue
        files.append({"id": event.id, "origin": event.origin, **_named(saved.path), "written": saved.is_new})
    if len(events) < len(chosen):
        server.say("Some of the events that were chosen are no longer kept: ask for the list again.")
    return files


async def saved_events_of(server: "PdLanguageServer", argument: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The events that are saved beside the workflow of the step `uri`, by name: `path` and `name`.

    Raises EventsNotGivenError.
    """
    path, folder = _trusted(server, argument)
    workflow = _workflow(path, folder)
    files = saved_events(Path(workflow.folder)) if workflow else ()
    return [_named(file) for file in files[:_MOST_SAVED] if file.resolve().is_relative_to(folder)]


def _named(file: Path) -> dict[str, Any]:
    return {"path": str(file), "name": file.stem}


async def _pulled_from(
    server: "PdLanguageServer", path: Path | None, origins: "Origins", argument: Mapping[str, Any], most: int
) -> "Pulled":
    """The events, asked for with the key of whoever's accounts count for `path`; says what may be missing."""
    from pd_lsp.accounts.past_events import open_past_events  # noqa: PLC0415 - with it comes httpx
    from pd_lsp.events.pulling import pull  # noqa: PLC0415 - as above

    workspace = argument.get("workspace", "")
    if not isinstance(workspace, str):
        raise EventsNotGivenError("A workspace has an id such as o_abc123: its settings show it.")
    try:
        past = open_past_events(server.state.accounts.sign_in(path), workspace)
        try:
            pulled = await pull(past, origins, most)
        finally:
            await past.close()
    except AccountsError as error:
        raise EventsNotGivenError(str(error)) from None
    for problem in pulled.problems:
        server.say(problem)
    return pulled


def _origins(server: "PdLanguageServer", argument: Mapping[str, Any]) -> "tuple[Path | None, Origins]":
    """Whose accounts count, and what is asked for: the `source`, else what the workflow of the step has."""
    from pd_lsp.events.pulling import Origins  # noqa: PLC0415 - as above

    source = argument.get("source")
    if isinstance(source, str) and "uri" not in argument:
        if not server.may_use_network():
            raise EventsNotGivenError("No folder that is open is trusted, so nobody is asked for events: trust one.")
        return None, Origins(sources=(source,))
    path, folder = _trusted(server, argument)
    if isinstance(source, str):
        return path, Origins(sources=(source,))
    workflow = _workflow(path, folder)
    keeping = [one for one in workflow.triggers if one.startswith(_KEEPING_EVENTS)] if workflow else []
    failing = [workflow.id] if workflow and workflow.id else []
    if not keeping and not failing:
        raise EventsNotGivenError("No workflow.yaml says which workflow this step belongs to: name a source, dc_….")
    return path, Origins(tuple(keeping), tuple(failing))


def _trusted(server: "PdLanguageServer", argument: Mapping[str, Any]) -> tuple[Path, Path]:
    """The file that `uri` names, and the trusted folder around it. Raises EventsNotGivenError."""
    uri = argument.get("uri")
    path = convert.path_of(uri) if isinstance(uri, str) else None
    if path is None:
        raise EventsNotGivenError("Open the step as a file in the editor first.")
    path = path.resolve()
    folder = server.state.trusted_folder(path)
    if folder is None:
        raise EventsNotGivenError(
            f"{path.parent.name} is not trusted, so its events are left alone: trust the folder in the editor, or with "
            f"`pd-lsp trust FOLDER`."
        )
    return path, folder


def _workflow(path: Path, folder: Path) -> Workflow | None:
    try:
        return workflow_at(path, folder)
    except UnreadableFileError as error:
        raise EventsNotGivenError(str(error)) from None


def _chosen(argument: Mapping[str, Any]) -> set[tuple[str, str]]:
    """The events that were chosen, by id and origin. Raises EventsNotGivenError."""
    events = argument.get("events")
    chosen = {
        (one["id"], one["origin"])
        for one in (events if isinstance(events, list) else [])
        if isinstance(one, Mapping) and isinstance(one.get("id"), str) and isinstance(one.get("origin"), str)
    }
    if not chosen:
        raise EventsNotGivenError("No event was chosen: choose some of the list, then save them.")
    return chosen


def _limit(argument: Mapping[str, Any]) -> int:
    limit = argument.get("limit")
    return limit if isinstance(limit, int) and not isinstance(limit, bool) and 0 < limit <= _MOST else _USUAL


def give_events(server: "PdLanguageServer") -> None:
    """Adds the commands about events: each takes one object, and answers with a list, or None where it can't."""

    @server.command("pd.recentEvents")
    @costs_only_its_answer(None)
    async def list_recent_events(*arguments: Any) -> list[dict[str, Any]] | None:
        return await _answered(server, recent_events, arguments)

    @server.command("pd.pullEvents")
    @costs_only_its_answer(None)
    async def save_pulled_events(*arguments: Any) -> list[dict[str, Any]] | None:
        return await _answered(server, pull_events, arguments)

    @server.command("pd.savedEvents")
    @costs_only_its_answer(None)
    async def list_saved_events(*arguments: Any) -> list[dict[str, Any]] | None:
        return await _answered(server, saved_events_of, arguments)


async def _answered(
    server: "PdLanguageServer", command: "_Command", arguments: tuple[Any, ...]
) -> list[dict[str, Any]] | None:
    argument = convert.command_argument(arguments)
    try:
        return await command(server, argument)
    except EventsNotGivenError as error:
        server.say(str(error), lsp.MessageType.Error)
        return None
