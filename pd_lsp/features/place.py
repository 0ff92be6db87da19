"""A place that an answer leads to, in the document or in another file of its workflow."""

from dataclasses import dataclass
from pathlib import PurePath

from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.workflow_sources import Entry, Source, WorkflowText
from pd_lsp.text import LineIndex, TextRange


@dataclass(frozen=True, slots=True)
class Place:
    """A part of a file."""

    path: PurePath | None
    """None for the document that was asked about."""
    lines: LineIndex
    """Of the file's text, in which the ranges are."""
    range: TextRange
    """All of what is there."""
    name: TextRange
    """The part of it that the caret goes to."""


def place_in(file: Source | WorkflowText, found: Entry) -> Place:
    """What stands in another file."""
    return Place(file.path, file.lines, found.range, found.name)


def place_here(snapshot: Snapshot, name: TextRange) -> Place:
    """What stands in the document itself."""
    return Place(None, snapshot.lines, name, name)
