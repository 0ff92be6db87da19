"""Saved worlds of a run: a trigger's event, its context, and results of earlier steps."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pd_lsp.model import Json
from pd_lsp.workflows.files import UnreadableFileError, read_text, read_text_of

LARGEST_EVENT = 6_000_000
"""The platform's own limit for logs, exports and event together (docs/platform.md, section 1.9)."""


@dataclass(frozen=True, slots=True)
class SavedEvent:
    """What a step finds in `pd.steps` when it runs: the trigger and, where they were saved, earlier steps."""

    event: Json = None
    context: Json = None
    steps: Mapping[str, Json] = field(default_factory=dict)

    def as_steps(self) -> dict[str, Json]:
        """`pd.steps` of a run with this event."""
        return {"trigger": {"event": self.event, "context": self.context}, **self.steps}

    def to_json(self) -> dict[str, Json]:
        """The document that `read_event` makes this of."""
        return {"event": self.event, "context": self.context, "steps": dict(self.steps)}


def saved_events(workflow_folder: Path) -> tuple[Path, ...]:
    """The files of saved events beside a workflow, by name."""
    folder = workflow_folder / "events"
    return tuple(sorted(path for path in folder.glob("*.json") if path.is_file())) if folder.is_dir() else ()


def first_event(workflow_folder: Path, folder: Path) -> SavedEvent:
    """What a run takes where nobody named an event: the first that is saved beside the workflow, or an empty one.

    `folder` bounds where it may lie. Raises UnreadableFileError.
    """
    found = saved_events(workflow_folder)
    return read_event(found[0], folder) if found else SavedEvent()


def read_event(path: Path, folder: Path | None = None) -> SavedEvent:
    """The saved event in `path`: `{"event": …, "context": …, "steps": …}`, or the bare event of a trigger.

    `folder` bounds where the file may lie; None for a file that the person named. Raises UnreadableFileError.
    """
    return _event(read_text(path, folder or path.parent, limit=LARGEST_EVENT), path.name)


def given_event(stream: BinaryIO, name: str) -> SavedEvent:
    """The saved event that comes from `stream`; `name` says in messages where that is. Raises UnreadableFileError."""
    return _event(read_text_of(stream, name, limit=LARGEST_EVENT), name)


def _event(text: str, name: str) -> SavedEvent:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        line = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) else ""
        raise UnreadableFileError(f"{name} is not JSON{line}: mend it, or choose another event.") from None
    if isinstance(document, dict) and "event" in document and not document.keys() - {"event", "context", "steps"}:
        steps = document.get("steps")
        return SavedEvent(document["event"], document.get("context"), steps if isinstance(steps, dict) else {})
    return SavedEvent(event=document)
