"""Saves the event of a run that is kept, for later runs: an act of the person's own (D18, D27)."""

from pathlib import Path

from pd_lsp.credentials.blanked import blanked
from pd_lsp.workflows.event_writing import EventNotSavedError, event_file, write_event
from pd_lsp.workflows.events import SavedEvent
from pd_lsp.workflows.kept_runs import KeptRun

_MOST_NAMED = 3


def save_event(run: KeptRun, workflow_folder: Path, name: str, *, over: bool = False, with_steps: bool = False) -> Path:
    """Writes the event and context that a run had as `events/NAME.json` beside its workflow; the file.

    `with_steps` adds what the run found of earlier steps. One that is there already is written `over` only where that
    is said. Raises EventNotSavedError, also where a secret was blanked in it: a later run would work with the mark.
    """
    file = event_file(workflow_folder, name)
    event = SavedEvent(run.event.event, run.event.context, run.event.steps if with_steps else {})
    if "event" in run.left_out:
        raise EventNotSavedError("The event of that run was too large to be kept: save it where it comes from.")
    if event == SavedEvent():
        raise EventNotSavedError("That run had no event: choose another run, or another event for the next one.")
    found = list(map(str, blanked(event.to_json())))
    if found:
        more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
        raise EventNotSavedError(
            f"A secret was blanked in the event of that run: {', '.join(found[:_MOST_NAMED])}{more}. It is not saved, "
            "since a step would work with the mark: save it from where it came."
        )
    write_event(file, event, over=over)
    return file
