"""Writes saved events beside a workflow: never over another one, and never through a link of the folder."""

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.workflows.events import LARGEST_EVENT, SavedEvent, read_event
from pd_lsp.workflows.files import UnreadableFileError

_NAME = re.compile(r"[\w-]{1,100}", re.ASCII)
_MOST_OF_A_NAME = 1000
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)


class EventNotSavedError(Exception):
    """An event is not written; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class EventFile:
    """Where an event is saved."""

    path: Path
    is_new: bool
    """Whether it was written now; it may have been there before, with the same content."""


def is_event_name(name: str) -> bool:
    """Whether a saved event can be called so: by letters, digits, `-` and `_`, which lead nowhere else."""
    return _NAME.fullmatch(name) is not None


def add_event(workflow_folder: Path, name: str, event: SavedEvent) -> EventFile:
    """Saves an event as `events/NAME.json`, or under the next free name; the same event is kept once.

    `name` is a file's name without its end. Raises EventNotSavedError.
    """
    if not is_event_name(name):
        raise EventNotSavedError(f"{name!r} is no name for an event: take letters, digits, - and _.")
    content = event_bytes(event)
    if len(content) > LARGEST_EVENT:
        raise EventNotSavedError(f"{name} is larger than {LARGEST_EVENT // 1_000_000} MB, which no run takes.")
    folder = _folder(workflow_folder)
    for number in range(1, _MOST_OF_A_NAME):
        file = folder / (f"{name}.json" if number == 1 else f"{name}-{number}.json")
        try:
            _write_new(file, content)
        except FileExistsError:
            if _has(file, folder, event):
                return EventFile(file, is_new=False)
            continue
        except OSError as error:
            raise _not_written(file, error) from None
        return EventFile(file, is_new=True)
    raise EventNotSavedError(f"{folder} has {_MOST_OF_A_NAME} events named {name}: move some away.")


def event_bytes(event: SavedEvent) -> bytes:
    """The event as a file has it: `{"event": …, "context": …, "steps": …}`, without what there is none of."""
    context = {} if event.context is None else {"context": event.context}
    document = {"event": event.event, **context, **({"steps": dict(event.steps)} if event.steps else {})}
    for indent in (2, None):  # one that is only just small enough has no room for blanks
        text = json.dumps(document, indent=indent, ensure_ascii=False)
        content = f"{text}\n".encode("utf-8", "backslashreplace")  # JSON writes a lone surrogate as this escape
        if len(content) <= LARGEST_EVENT:
            break
    return content


def _folder(workflow_folder: Path) -> Path:
    folder = workflow_folder / "events"
    if folder.is_symlink():
        raise EventNotSavedError(f"{folder} is a link: remove it, so that events lie beside their workflow.")
    try:
        folder.mkdir(exist_ok=True)
    except FileExistsError:
        raise EventNotSavedError(f"{folder} is no folder: move it away.") from None
    except OSError as error:
        raise _not_written(folder, error) from None
    return folder


def _write_new(file: Path, content: bytes) -> None:
    """Writes a file that was not there, whole or not at all."""
    handle = os.open(file, _NEW, 0o666)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
    except OSError:
        file.unlink(missing_ok=True)
        raise


def _has(file: Path, folder: Path, event: SavedEvent) -> bool:
    try:
        return read_event(file, folder) == event
    except UnreadableFileError:
        return False


def _not_written(path: Path, error: OSError) -> EventNotSavedError:
    reason = os.strerror(error.errno) if error.errno else type(error).__name__
    return EventNotSavedError(f"{path} can't be written ({reason}): check the folder's rights and free space.")
