"""Writes a saved event beside a workflow, under a name that the person gave."""

import json
import os
import re
from pathlib import Path

from pd_lsp.workflows.events import LARGEST_EVENT, SavedEvent
from pd_lsp.workflows.whole_file import write_whole

_NAME = re.compile(r"[\w-]{1,100}", re.ASCII)


class EventNotSavedError(Exception):
    """The event is not written; the message says why, and what to do."""


def event_file(workflow_folder: Path, name: str) -> Path:
    """Where an event of this name lies, for `write_event`.

    Raises EventNotSavedError for what is no name, and for a link: nothing is written where that leads.
    """
    if not _NAME.fullmatch(name):
        raise EventNotSavedError(f"{name!r} is no name for an event: take letters, digits, - and _.")
    file = workflow_folder / "events" / f"{name}.json"
    _refuse_link(file)
    return file


def write_event(file: Path, event: SavedEvent, *, over: bool) -> None:
    """Writes it whole or not at all; one that is there already only where `over` says so.

    Raises EventNotSavedError.
    """
    _refuse_link(file)
    content = _content(file.name, event)
    try:
        file.parent.mkdir(exist_ok=True)
        try:
            write_whole(file, content, over=over)
        except FileExistsError:
            raise EventNotSavedError(
                f"{file} is there already: take another name, or write over it with --force."
            ) from None
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        raise EventNotSavedError(
            f"{file} can't be written ({reason}): check its folder's rights and free space."
        ) from None


def _content(name: str, event: SavedEvent) -> bytes:
    """The bytes of its file. Raises EventNotSavedError for more of them than `read_event` takes."""
    document = {key: value for key, value in event.to_json().items() if key == "event" or value}
    for indent in (2, None):  # one that is only just small enough has no room for blanks
        try:
            text = json.dumps(document, indent=indent, ensure_ascii=False) + "\n"
        except RecursionError:
            raise EventNotSavedError(f"{name} would be nested too deep for any run: leave it out.") from None
        content = text.encode("utf-8", "backslashreplace")  # JSON writes a lone surrogate as this escape
        if len(content) <= LARGEST_EVENT:
            return content
    raise EventNotSavedError(f"{name} would be larger than {LARGEST_EVENT // 1_000_000} MB, which no run takes.")


def _refuse_link(file: Path) -> None:
    """Raises EventNotSavedError where the folder, which may be a stranger's, would have another file written over."""
    if file.parent.is_symlink() or file.is_symlink() or (file.exists() and not file.is_file()):
        raise EventNotSavedError(
            f"{file} is a link or a device, or lies in a linked folder: take another name, or remove it."
        )
