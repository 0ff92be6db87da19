"""The runs of a step that are kept, for editors to list and to show, and the events of theirs to be saved."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.runs.history import of_history
from pd_lsp.runs.kept_as_json import listed, shown
from pd_lsp.runs.saving_event import save_event
from pd_lsp.server import convert
from pd_lsp.workflows.event_writing import EventNotSavedError
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.kept_runs import KeptRun, kept_runs
from pd_lsp.workflows.workflow_file import find_workflow_file, read_workflow, step_of

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


async def last_runs(argument: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What is kept of the step in the document `argument["uri"]`, the latest first; nothing for what is no file."""
    path = convert.file_of(argument.get("uri"))
    return [listed(run) for run in await of_history(partial(kept_runs, path))] if path else []


async def show_run(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any] | None:
    """The run `argument["number"]` of that step, from 1 for the latest, as `pd-lsp runs show --json` prints it."""
    run = await _run(server, argument)
    return shown(run) if run else None


async def save_event_of_run(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any] | None:
    """Saves the event of that run as `argument["name"]` beside its workflow; the file, or None where it is not saved.

    `force` writes over one of that name, `withSteps` adds what the run found of earlier steps.
    """
    run, name = await _run(server, argument), argument.get("name")
    if run is None:
        return None
    try:
        folder = _workflow_folder(server, run.step)
        over, with_steps = argument.get("force") is True, argument.get("withSteps") is True
        name = name if isinstance(name, str) else ""
        file = await of_history(partial(save_event, run, folder, name, over=over, with_steps=with_steps))
    except (EventNotSavedError, UnreadableFileError) as error:
        server.say(str(error), lsp.MessageType.Error)
        return None
    return {"file": str(file)}


async def _run(server: "PdLanguageServer", argument: Mapping[str, Any]) -> KeptRun | None:
    path, number = convert.file_of(argument.get("uri")), argument.get("number")
    runs = await of_history(partial(kept_runs, path)) if path else ()
    found = next((run for run in runs if run.number == (1 if number is None else number)), None)
    if found is None:
        server.say("That run is not kept: run the step again, or ask for the list of its runs anew.")
    return found


def _workflow_folder(server: "PdLanguageServer", step: Path) -> Path:
    """The folder of the step's workflow, inside a trusted one.

    Raises EventNotSavedError where there is none, UnreadableFileError for a workflow.yaml that can't be read.
    """
    trusted = server.state.trusted_folder(step)
    file = find_workflow_file(step, trusted) if trusted else None
    if file is None or step_of(read_workflow(file), step) is None:
        raise EventNotSavedError(
            "An event is saved beside the workflow.yaml that has the step, in a trusted folder: open one, and trust "
            "it in the editor or with `pd-lsp trust FOLDER`."
        )
    return file.parent
