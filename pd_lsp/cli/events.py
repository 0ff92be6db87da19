"""`pd-lsp events`: the events that Pipedream keeps, the failed ones too, to run a step with."""

import asyncio
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import MISTAKE, SUCCEEDED, CommandError
from pd_lsp.cli.screen import say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeVar

    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.accounts.past_event import PastEvent
    from pd_lsp.accounts.past_events import Pulled
    from pd_lsp.events.pulling import Origins
    from pd_lsp.model import Workflow
    from pd_lsp.workflows.event_files import EventFile

    T = TypeVar("T")
    Files = dict[tuple[str, str], EventFile]
    """By id and origin of an event."""

_ALL = "all"
_USUAL, _MOST = 10, 100


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command, and the two below it."""
    parser = commands.add_parser("events", help="the events that Pipedream keeps, the failed ones too, and save them")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    recent = actions.add_parser("recent", help="the last events of a source, or of what starts a workflow")
    _add_place(recent)
    recent.add_argument(
        "--source", action="append", metavar="ID", help="a source, such as dc_abc123, in place of the workflow's own"
    )
    recent.set_defaults(call=list_recent)
    failed = actions.add_parser("failed", help="the last events that a workflow failed for, with its errors")
    _add_place(failed)
    failed.add_argument("--workflow", metavar="ID", help="its id, such as p_abc123, where no file says it")
    failed.set_defaults(call=list_failed)
    for action in (recent, failed):
        _add_options(action)


def _add_place(parser: ArgumentParser) -> None:
    parser.add_argument(
        "place",
        metavar="STEP",
        type=Path,
        nargs="?",
        default=Path(),
        help="a step, or the folder of its workflow (default: this folder)",
    )


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--limit", type=_number, default=_USUAL, metavar="N", help=f"how many, at most {_MOST}")
    parser.add_argument(
        "--save",
        action="append",
        metavar="ID",
        help=f"save this one in the folder events of the workflow; `{_ALL}` saves all that are listed",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document with all of them (docs/events.md)")
    parser.add_argument("--workspace", default="", metavar="ID", help="the workspace, for a key that opens several")
    signed_in.add_sandbox(parser)


def list_recent(arguments: Namespace) -> int:
    """Lists the last events of the named sources, else of what starts the workflow."""
    from pd_lsp.events.pulling import Origins, sources_of

    workflow = _workflow(arguments)
    if arguments.source:
        return _list(arguments, workflow, Origins(sources=tuple(dict.fromkeys(arguments.source))))
    return _list(arguments, workflow, Origins(sources=_said_by(workflow, sources_of, arguments, "--source dc_…")))


def list_failed(arguments: Namespace) -> int:
    """Lists the last events that the workflow failed for."""
    from pd_lsp.events.pulling import Origins, id_of

    workflow = _workflow(arguments)
    named = arguments.workflow or _said_by(workflow, id_of, arguments, "--workflow p_…")
    return _list(arguments, workflow, Origins(workflows=(named,)))


def _workflow(arguments: Namespace) -> "Workflow | None":
    """The workflow at the place that the person named; None where there is none."""
    from pd_lsp.workflows.files import UnreadableFileError
    from pd_lsp.workflows.workflow_file import workflow_at

    if not arguments.place.exists():
        raise CommandError(f"There is no {arguments.place}: name a step, or the folder of its workflow.")
    place = arguments.place.resolve()
    try:
        found = workflow_at(place, Path(place.anchor))
    except UnreadableFileError as error:
        raise CommandError(str(error)) from None
    if found is None and arguments.save:
        raise _no_workflow(arguments, "so that nothing can be saved beside one: name the folder of a workflow")
    return found


def _said_by(workflow: "Workflow | None", said: "Callable[[Workflow], T]", arguments: Namespace, option: str) -> "T":
    """What the files of the workflow say. Raises CommandError where they don't."""
    from pd_lsp.workflows.files import UnreadableFileError

    if workflow is None:
        raise _no_workflow(arguments, f"so that nothing says what is meant: name a step, or add {option}")
    try:
        return said(workflow)
    except UnreadableFileError as error:
        raise CommandError(str(error)) from None


def _no_workflow(arguments: Namespace, then: str) -> CommandError:
    return CommandError(f"There is no workflow.yaml at {arguments.place.resolve()}, {then}.")


def _list(arguments: Namespace, workflow: "Workflow | None", origins: "Origins") -> int:
    """Prints the events, and saves those that were chosen; 2 where one of these could not be saved."""
    with signed_in.signed_in(arguments) as (_, caches):
        pulled = asyncio.run(_pulled(arguments, caches, origins))
    files, unsaved = _saved(arguments.save or [], pulled.events, workflow)
    if arguments.json:
        events = [_as_json(event, files) for event in pulled.events]
        print(json.dumps({"events": events, "problems": [*pulled.problems]}))
    else:
        _show(pulled, files)
    for sentence in unsaved:
        say(f"pd-lsp: {sentence}", sys.stderr)
    return MISTAKE if unsaved else SUCCEEDED


async def _pulled(arguments: Namespace, caches: "AccountCaches", origins: "Origins") -> "Pulled":
    from pd_lsp.accounts.past_events import open_past_events
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.events.pulling import pull

    try:
        past = open_past_events(caches.sign_in(arguments.place.resolve()), arguments.workspace)
        try:
            return await pull(past, origins, arguments.limit)
        finally:
            await past.close()
    except AccountsError as error:
        raise CommandError(str(error)) from None


def _saved(chosen: list[str], events: "Sequence[PastEvent]", workflow: "Workflow | None") -> "tuple[Files, list[str]]":
    """The files of those that were chosen and saved, and why others were not."""
    from pd_lsp.events.saving import save
    from pd_lsp.workflows.event_writing import EventNotSavedError

    known = {_ALL, *(event.id for event in events)}
    unsaved = [
        f"No event {one} is listed: take an id from the list, or raise --limit." for one in chosen if one not in known
    ]
    files: Files = {}
    for event in reversed(events):
        if workflow and (_ALL in chosen or event.id in chosen):
            try:
                files[event.id, event.origin] = save(Path(workflow.folder), event)
            except EventNotSavedError as error:
                unsaved.append(str(error))
    return files, unsaved


def _show(pulled: "Pulled", files: "Files") -> None:
    from pd_lsp.events.shown import ending, error, moment, summary

    for event in pulled.events:
        when = (moment(event) or "").replace("T", " ")
        said = ": ".join(filter(None, (ending(event), summary(event))))
        say(f"{when:20}  {event.id:<20}  {said}", sys.stdout)
        if event.is_failed:
            say(f"{'':20}  {error(event)}", sys.stdout)
        if file := files.get((event.id, event.origin)):
            say(f"{'':20}  {'Saved as' if file.is_new else 'Was saved before as'} {file.path}", sys.stdout)
    if not pulled.events:
        say("There are no such events.", sys.stdout)
    for problem in pulled.problems:
        say(problem, sys.stderr)


def _as_json(event: "PastEvent", files: "Files") -> dict[str, Any]:
    from pd_lsp.events.shown import row

    file = files.get((event.id, event.origin))
    whole = {"event": event.event, "context": event.context}
    return {**row(event), **whole, "saved": str(file.path) if file else None}


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(_MOST)) or not 0 < int(text) <= _MOST:
        raise ArgumentTypeError(f"it takes a number from 1 to {_MOST}")
    return int(text)
