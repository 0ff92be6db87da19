"""What the names stand for that a step imports from a module beside it: asked for once, and only where it is needed."""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.server.document import Document
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.tree import Node, parse
from pd_lsp.text import LineIndex, Offset
from pd_lsp.workflows.definition_process import DEADLINE, DefinitionProcess, Place, Question
from pd_lsp.workflows.files import MOST_FOLDERS_UP, UnreadableFileError, read_text

_LARGEST_MODULE = 200_000
"""Bytes of a module that are read; measured: 50 ms to parse, once."""
_MOST_KNOWN = 500
_LONGEST_STATEMENT = 2_000
_MODULE = re.compile(r"\b(?:from|import)[ \t]+(?P<dots>\.*)(?P<name>\w*)")

_Key = tuple[Path, str, str]
"""A document, a name, and the statement that imports it."""


@dataclass(frozen=True, slots=True)
class _Known:
    node: Node | None
    file: Path
    stamp: FileStamp | None


class ImportedNames:
    """Keeps what was learnt for as long as the import and the module stay what they are. For trusted folders alone."""

    def __init__(self, process: DefinitionProcess | None = None) -> None:
        """`process` takes the place of jedi's."""
        self._process = process
        self._known: dict[_Key, _Known] = {}
        self._asked: dict[_Key, asyncio.Task[None]] = {}

    def of(self, document: Document, folder: Path) -> "ImportsOf":
        """What is known of the imports of a document in a trusted folder."""
        return ImportsOf(self, document, folder)

    def known(self, key: _Key) -> _Known | None:
        """What is known already, and still true."""
        found = self._known.get(key)
        return found if found and found.stamp == file_stamp(found.file) else None

    def ask(self, key: _Key, question: Question, folder: Path) -> asyncio.Task[None] | None:
        """Begins to ask, if nobody has yet; None where nobody can."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return None
        if key not in self._asked:
            task = self._asked[key] = loop.create_task(self._learn(key, question, folder))
            task.add_done_callback(lambda _: self._asked.pop(key, None))
        return self._asked[key]

    async def settle(self) -> None:
        """Waits until what was asked for is known, but not longer than somebody who types should (D25)."""
        if self._asked:
            await asyncio.wait(list(self._asked.values()), timeout=DEADLINE)

    async def end(self) -> None:
        """Ends the process that is asked."""
        if self._process:
            await self._process.end()

    async def _learn(self, key: _Key, question: Question, folder: Path) -> None:
        if self._process is None:
            self._process = DefinitionProcess()
        place = await self._process.ask(question)
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        file = place.path if place else Path(question.path)
        self._known[key] = _Known(_node_at(place, folder) if place else None, file, file_stamp(file))


@dataclass(slots=True)
class ImportsOf:
    """What the imports of one document stand for, as far as it is known while a question is answered."""

    names: ImportedNames
    document: Document
    folder: Path
    waited_for: list[asyncio.Task[None]] = field(default_factory=list)
    """What was asked for and is not known yet."""

    @property
    def is_late(self) -> bool:
        """Whether something is not known yet that a question needs."""
        return bool(self.waited_for)

    def __call__(self, name: str, place: Offset) -> Node | None:
        """Where `name` is defined, which the document imports at `place`; None as long as that is not known."""
        statement, path = _statement(self.document, place), self.document.path
        if path is None or not any(_modules(statement, path, self.folder)):
            return None
        key = (path, name, statement)
        known = self.names.known(key)
        if known:
            return known.node
        task = self.names.ask(key, self._question(path, place), self.folder)
        self.waited_for += [task] if task else []
        return None

    def _question(self, path: Path, place: Offset) -> Question:
        row = self.document.lines.line_of(place)
        column = place - self.document.lines.line_range(row).start
        paths = tuple(map(str, _around(path, self.folder)))
        return Question(self.document.text, str(path), row + 1, column, str(self.folder), paths)


def _statement(document: Document, place: Offset) -> str:
    """The import that the name at `place` stands in."""
    node: Node | None = document.tree.node_at(place)
    while node is not None and not node.kind.startswith("import"):
        node = node.parent
    return node.text[:_LONGEST_STATEMENT] if node else ""


def _around(path: Path, folder: Path) -> Iterator[Path]:
    """The folders in which a step's modules are looked for: its own, and those around it that are trusted."""
    for parent in list(path.parents)[:MOST_FOLDERS_UP]:
        if not parent.is_relative_to(folder):
            return
        yield parent


def _modules(statement: str, path: Path, folder: Path) -> Iterator[Path]:
    """What the folder has of the module that a statement imports from: of other modules nobody is asked."""
    found = _MODULE.search(statement)
    if found is None:
        return
    for parent in _around(path, folder):
        places = (parent / f"{found['name']}.py", parent / (found["name"] or "."))
        yield from (place for place in places if (found["name"] or found["dots"]) and place.exists())


def _node_at(place: Place, folder: Path) -> Node | None:
    """The definition, in a file that really lies in the folder."""
    try:
        text = read_text(place.path, folder, limit=_LARGEST_MODULE)
    except UnreadableFileError:
        return None
    if not is_within_budget(text):
        return None
    tree = parse(text)
    if place.column is None:
        return tree.root
    lines = LineIndex(text)
    if place.line >= lines.line_count:
        return None
    line = lines.line_range(place.line)
    node = tree.node_at(Offset(min(line.start + place.column, line.end)))
    return node if node.kind == "identifier" else None
