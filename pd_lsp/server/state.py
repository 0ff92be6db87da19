"""Everything that changes while the server runs, in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.accounts.cache import AccountCache
from pd_lsp.catalog import known_app
from pd_lsp.model import Workflow
from pd_lsp.settings import Settings
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.templates import templates_for
from pd_lsp.text import LineIndex
from pd_lsp.trust.consent import is_reloaded, note_edit
from pd_lsp.trust.folders import trusted_folder_of
from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.workflow_file import find_workflow_file, read_workflow, step_of

_LARGEST_STEP = 5_000_000


@dataclass(slots=True)
class Document:
    """An open document: its text as the editor last sent it, and what was read from that."""

    path: Path | None
    text: str
    version: int
    by_editor: str
    """The text that is known to be the editor's own: as it was opened, saved, or last run."""
    tree: Tree | None = None
    lines: LineIndex | None = None


@dataclass(slots=True)
class _KnownWorkflow:
    stamp: tuple[int, int]
    workflow: Workflow | None
    problem: str | None


@dataclass(slots=True)
class ServerState:
    """Open documents, trust, accounts, workflows that were read."""

    settings: Settings
    accounts: AccountCache
    say: Callable[[str], None]
    """Shows the person a sentence; each sentence is shown once."""
    trusted_by_editor: frozenset[Path] = frozenset()
    documents: dict[str, Document] = field(default_factory=dict)
    _workflows: dict[Path, _KnownWorkflow] = field(default_factory=dict)

    def open(self, uri: str, path: Path | None, text: str, version: int) -> None:
        """Takes the whole text of a document, as it was opened or as it is after a change."""
        before = self.documents.get(uri)
        clean = _without_surrogates(text)
        by_editor = before.by_editor if before else clean
        self.documents[uri] = Document(
            path.resolve() if path else None, clean, version, by_editor, tree=before.tree if before else None
        )

    def note_edits(self, uri: str, *, saved: bool = False) -> None:
        """Carries the person's consent to the document over to what their editor made of it (D8).

        A text that is on disk and that this editor has not saved was written by something else: no consent covers it.
        """
        document = self.documents.get(uri)
        if document is None or document.path is None or document.text == document.by_editor:
            return
        on_disk = None if saved else self._on_disk(document.path)
        if not is_reloaded(document.text, on_disk=on_disk, last_known=document.by_editor):
            note_edit(str(document.path), document.by_editor, document.text)
        document.by_editor = document.text

    @staticmethod
    def _on_disk(path: Path) -> str | None:
        try:
            return read_text(path, path.parent, limit=_LARGEST_STEP)
        except UnreadableFileError:
            return None

    def close(self, uri: str) -> None:
        """Forgets a document."""
        self.documents.pop(uri, None)

    def snapshot(self, uri: str) -> Snapshot | None:
        """The document as it is now; None for one that is not open."""
        document = self.documents.get(uri)
        if document is None:
            return None
        if document.lines is None or document.tree is None:
            document.lines = LineIndex(document.text)
            document.tree = parse(document.text, document.tree)
        workflow = self._workflow_of(document.path) if document.path else None
        return Snapshot(
            lines=document.lines,
            tree=document.tree,
            accounts=self.accounts.current,
            workflow=workflow,
            step=step_of(workflow, document.path) if workflow and document.path else None,
            catalogue=known_app,
            templates=templates_for,
        )

    def trusted_folder(self, path: Path | None) -> Path | None:
        """The trusted folder that `path` lies in, by the editor's word or the person's `pd-lsp trust` (D6)."""
        if path is None:
            return None
        by_editor = [folder for folder in self.trusted_by_editor if path.is_relative_to(folder)]
        return max(by_editor, key=lambda folder: len(folder.parts), default=None) or trusted_folder_of(path)

    def workflow_problem(self, path: Path | None) -> str | None:
        """Why the workflow.yaml of a step can't be used, as a sentence."""
        known = self._read_workflow(path) if path else None
        return known.problem if known else None

    def _workflow_of(self, path: Path) -> Workflow | None:
        known = self._read_workflow(path)
        if known and known.problem:
            self.say(known.problem)
        return known.workflow if known else None

    def _read_workflow(self, path: Path) -> _KnownWorkflow | None:
        folder = self.trusted_folder(path)
        file = find_workflow_file(path, folder) if folder else None
        if file is None:
            return None
        try:
            status = file.stat()
        except OSError:
            return None
        stamp = status.st_mtime_ns, status.st_size
        known = self._workflows.get(file)
        if known is None or known.stamp != stamp:
            try:
                known = _KnownWorkflow(stamp, read_workflow(file), None)
            except UnreadableFileError as error:
                known = _KnownWorkflow(stamp, None, str(error))
            self._workflows[file] = known
        return known


def _without_surrogates(text: str) -> str:
    """`text` with lone surrogates replaced, since no other library takes them (D24)."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
