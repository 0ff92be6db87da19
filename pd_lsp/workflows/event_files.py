"""Adds events to those that are saved beside a workflow: never over another one, and the same one only once."""

import os
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.workflows.event_writing import EventNotSavedError, event_file, write_event
from pd_lsp.workflows.events import SavedEvent, read_event
from pd_lsp.workflows.files import UnreadableFileError

_MOST_OF_A_NAME = 1000


@dataclass(frozen=True, slots=True)
class EventFile:
    """Where an event is saved."""

    path: Path
    is_new: bool
    """Whether it was written now; it may have been there before, with the same content."""


def add_event(workflow_folder: Path, name: str, event: SavedEvent) -> EventFile:
    """Saves an event as `events/NAME.json`, or under the next free name. Raises EventNotSavedError."""
    for number in range(1, _MOST_OF_A_NAME):
        numbered = name if number == 1 else f"{name}-{number}"
        file = workflow_folder / "events" / f"{numbered}.json"
        if not os.path.lexists(file):
            write_event(event_file(workflow_folder, numbered), event, over=False)
            return EventFile(file, is_new=True)
        if _has(file, event):
            return EventFile(file, is_new=False)
    raise EventNotSavedError(f"{name} and {_MOST_OF_A_NAME - 2} more of that name are saved: move some away.")


def _has(file: Path, event: SavedEvent) -> bool:
    try:
        return read_event(file) == event
    except UnreadableFileError:
        return False
