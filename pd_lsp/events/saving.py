"""Saves events that were pulled, under names that sort by time: `failed-20261102-080000-000.json`."""

import re
from pathlib import Path

from pd_lsp.accounts.past_event import PastEvent
from pd_lsp.workflows.event_files import EventFile, add_event
from pd_lsp.workflows.event_writing import EventNotSavedError
from pd_lsp.workflows.events import SavedEvent


def save(workflow_folder: Path, event: PastEvent) -> EventFile:
    """Saves an event beside its workflow; the same one is kept once. Raises EventNotSavedError."""
    if event.missing:
        raise EventNotSavedError(f"The event {event.id} {event.missing}, so there is nothing to run a step with.")
    return add_event(workflow_folder, file_name(event), SavedEvent(event.event, event.context))


def file_name(event: PastEvent) -> str:
    """The name of its file, without the end."""
    kind = "failed" if event.is_failed else "event"
    if event.at is None:
        return f"{kind}-{re.sub('[^A-Za-z0-9]+', '-', event.id)[:60]}"
    return f"{kind}-{event.at:%Y%m%d-%H%M%S}-{event.at.microsecond // 1000:03}"
