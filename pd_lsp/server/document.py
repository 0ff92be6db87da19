"""An open document: its text as the editor last sent it, and whether that text is the editor's own (D8)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.features.diagnostics import Diagnostic
from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.syntax.budget import Cost, cost_after, cost_of, is_within_budget
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange, narrowed
from pd_lsp.workflows.files import UnreadableFileError, read_text

LARGEST_STEP = 5_000_000
"""Bytes of a step's file that are read to compare it with its document."""
_LINES_AROUND = 200
"""Lines on each side of a caret that are read of a text past the budget; measured: 2 ms to parse."""


@dataclass(slots=True)
class Document:
    """A document, and what was read from its text."""

    path: Path | None
    lines: LineIndex
    tree: Tree
    cost: Cost
    version: int
    by_editor: str
    """The text that is known to be the editor's own: as it was opened, saved, or last run."""
    foreign: bool = False
    """Whether something other than this editor has written the file since the person was last asked about it."""
    unknown: bool = False
    """Whether a change could not be applied, or came too late: nobody knows the text until all of it comes (D24)."""
    raised: tuple[int, str] | None = None
    """What the last run of this very text raised: its line, from 0, and what is said of it, redacted."""
    diagnosed: tuple[object, list[Diagnostic]] | None = None
    """What was last found in it, and what that was found in: this text, and these accounts and steps around it."""
    _stamp: FileStamp | None = None

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.lines.text

    def read(self, near: int | None) -> tuple[LineIndex, Tree] | None:
        """Lines and tree of the text; past the budget (D25) those of what stands around the line `near`, if any."""
        if self.cost.is_within_budget:
            return self.lines, self.tree
        part = self.lines.around(near, _LINES_AROUND) if near is not None else None
        return (part, parse(part.text)) if part and is_within_budget(part.text) else None

    def put(self, text: str, version: int) -> None:
        """Takes another text, which is known from now on."""
        self.unknown = False
        self.edit(TextEdit(TextRange(Offset(0), Offset(len(self.text))), text), version)

    def edit(self, edit: TextEdit, version: int) -> None:
        """Takes an edit of the text. Lines, tree and cost follow by a look at what changes, not at the whole text."""
        before, change = self.text, narrowed(self.text, edit)
        self.raised = None
        self.lines = self.lines.after(change)
        self.tree = self.tree.after(change, self.text)
        self.cost = cost_after(self.cost, before, change, self.text)
        self.version = version

    def watch_file(self, may_read: Callable[[], bool]) -> None:
        """Looks whether something other than this editor has written the file since it was last looked at.

        To be called before a change is taken: what the editor writes is the text that it then has. Where the file may
        not be read, or can't, every write counts as one from elsewhere; whether it may is asked only after a write.
        """
        if self.path is None:
            return
        stamp = file_stamp(self.path)
        if stamp != self._stamp:
            self._stamp = stamp
            on_disk = _text_of(self.path) if may_read() else None
            self.foreign = self.foreign or on_disk not in (self.text, self.by_editor)


def open_document(path: Path | None, text: str, version: int) -> Document:
    """A document as the editor has just opened it."""
    stamp = file_stamp(path) if path else None
    return Document(path, LineIndex(text), parse(text), cost_of(text), version, by_editor=text, _stamp=stamp)


def _text_of(path: Path) -> str | None:
    try:
        return read_text(path, path.parent, limit=LARGEST_STEP)
    except UnreadableFileError:
        return None
