"""An open document: its text as the editor last sent it, and whether that text is the editor's own (D8)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.text import LineIndex
from pd_lsp.workflows.files import UnreadableFileError, read_text

LARGEST_STEP = 5_000_000
"""Bytes of a step's file that are read to compare it with its document."""


@dataclass(slots=True)
class Document:
    """A document, and what was read from its text."""

    path: Path | None
    text: str
    version: int
    by_editor: str
    """The text that is known to be the editor's own: as it was opened, saved, or last run."""
    foreign: bool = False
    """Whether something other than this editor has written the file since the person was last asked about it."""
    unknown: bool = False
    """Whether a change could not be applied: nobody knows the text until the whole of it comes (D24)."""
    _stamp: FileStamp | None = None
    _lines: LineIndex | None = None
    _tree: Tree | None = None

    @property
    def lines(self) -> LineIndex:
        """The index of the text's lines."""
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines

    @property
    def tree(self) -> Tree:
        """The tree of the text, made from that of the text before."""
        if self._tree is None or self._tree.text != self.text:
            self._tree = parse(self.text, self._tree)
        return self._tree

    def put(self, text: str, version: int) -> None:
        """Takes another text."""
        self.text, self.version, self._lines, self.unknown = text, version, None, False

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
    return Document(path, text, version, by_editor=text, _stamp=file_stamp(path) if path else None)


def _text_of(path: Path) -> str | None:
    try:
        return read_text(path, path.parent, limit=LARGEST_STEP)
    except UnreadableFileError:
        return None
