"""What lies around a step and is read only where a feature asks for it: other steps' code, names in `.env`, a stub."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.model import Step, Workflow
from pd_lsp.server.document import Document
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.workflows.dotenv_file import find_dotenv, read_dotenv_names
from pd_lsp.workflows.files import UnreadableFileError, read_text

_LARGEST_STEP = 100_000
"""Bytes of another step that are read for the names in it; measured: some 25 ms to parse, once."""
_MOST_STEPS = 50


@dataclass(slots=True)
class Surroundings:
    """Keeps what was read until its file changes. Only files of a trusted folder are read (D24)."""

    _trees: dict[Path, tuple[FileStamp | None, Tree | None]] = field(default_factory=dict)
    _dotenv: dict[Path, tuple[FileStamp | None, tuple[str, ...] | None]] = field(default_factory=dict)

    def other_steps(
        self, workflow: Workflow, step: Step, folder: Path, documents: Iterable[Document]
    ) -> Mapping[str, Tree]:
        """The code of the workflow's other Python steps, by name; from the editor where it has them open."""
        opened = {document.path: document for document in documents if document.path and not document.unknown}
        found: dict[str, Tree] = {}
        for other in workflow.steps[:_MOST_STEPS]:
            if other is step or not (other.uses.startswith("./") and other.uses.endswith(".py")):
                continue
            file = Path(workflow.folder, other.uses)
            document = opened.get(file)
            if document is None:
                tree = self._tree(file, folder)
            else:
                tree = document.tree if is_within_budget(document.text) else None
            if tree:
                found[other.namespace] = tree
        return found

    def dotenv_names(self, path: Path, folder: Path) -> tuple[str, ...] | None:
        """The names that the `.env` of a step's project sets; None where it can't be read: a run will say why."""
        file = find_dotenv(path, folder)
        if file is None:
            return ()
        known, stamp = self._dotenv.get(file), file_stamp(file)
        if known is None or known[0] != stamp:
            known = stamp, None
            with suppress(UnreadableFileError):
                known = stamp, read_dotenv_names(file, folder)
            self._dotenv[file] = known
        return known[1]

    def _tree(self, file: Path, folder: Path) -> Tree | None:
        known, stamp = self._trees.get(file), file_stamp(file)
        if known is None or known[0] != stamp:
            known = self._trees[file] = stamp, _parsed(file, folder)
        return known[1]


def _parsed(file: Path, folder: Path) -> Tree | None:
    try:
        text = read_text(file, folder, limit=_LARGEST_STEP)
    except UnreadableFileError:
        return None
    return parse(text) if is_within_budget(text) else None
