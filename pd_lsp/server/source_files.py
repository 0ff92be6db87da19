"""The files of a workflow with the places in them: each read once, until it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.server.document import Document
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.tree import parse
from pd_lsp.syntax.workflow_sources import Source, WorkflowText
from pd_lsp.text import LineIndex
from pd_lsp.workflows.events import saved_events
from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.workflow_file import FILE_NAME
from pd_lsp.workflows.workflow_places import workflow_places

_LARGEST = 100_000
"""Bytes of a file that are read for the names in it; measured: some 25 ms to parse, once."""
_LARGEST_WORKFLOW = 1_000_000
_MOST_EVENTS = 20


@dataclass(slots=True)
class SourceFiles:
    """What was read. A file that can't be, or is too much for a parser, is None."""

    _sources: dict[Path, tuple[FileStamp | None, Source | None]] = field(default_factory=dict)
    _workflows: dict[Path, tuple[FileStamp | None, WorkflowText | None]] = field(default_factory=dict)

    def step(self, file: Path, folder: Path, opened: Mapping[Path, Document]) -> Source | None:
        """A step's code: the text that the editor has, else the file, which must lie in `folder`."""
        document = opened.get(file)
        if document is None:
            return self._read(file, folder)
        return Source(file, document.lines, document.tree) if document.cost.is_within_budget else None

    def workflow(self, folder: Path, opened: Mapping[Path, Document]) -> WorkflowText | None:
        """The workflow.yaml in `folder`."""
        file = folder / FILE_NAME
        document = opened.get(file)
        if document:
            return workflow_places(file, document.text)
        known, stamp = self._workflows.get(file), file_stamp(file)
        if known is None or known[0] != stamp:
            text = _text(file, folder, _LARGEST_WORKFLOW)
            known = self._workflows[file] = stamp, None if text is None else workflow_places(file, text)
        return known[1]

    def events(self, workflow_folder: Path, folder: Path) -> tuple[Source, ...]:
        """The saved events of a workflow, the newest first."""
        files = sorted(saved_events(workflow_folder), key=lambda file: file_stamp(file) or (), reverse=True)
        found = (self._read(file, folder) for file in files[:_MOST_EVENTS])
        return tuple(source for source in found if source)

    def _read(self, file: Path, folder: Path) -> Source | None:
        known, stamp = self._sources.get(file), file_stamp(file)
        if known is None or known[0] != stamp:
            known = self._sources[file] = stamp, _source(file, folder)
        return known[1]


def _source(file: Path, folder: Path) -> Source | None:
    text = _text(file, folder, _LARGEST)
    if text is None or not is_within_budget(text):
        return None
    return Source(file, LineIndex(text), parse(text))


def _text(file: Path, folder: Path, limit: int) -> str | None:
    try:
        return read_text(file, folder, limit=limit)
    except UnreadableFileError:
        return None
