"""Everything that changes while the server runs, in one place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path

from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.catalog import known_app, known_headers
from pd_lsp.execution.result import StepError
from pd_lsp.features.rules.rule import Level
from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.model import Step, Workflow, earlier_steps
from pd_lsp.server.document import Document, open_document
from pd_lsp.server.imported_names import ImportedNames
from pd_lsp.server.project_files import Project, ProjectFiles
from pd_lsp.server.surroundings import Surroundings
from pd_lsp.settings import Settings
from pd_lsp.shapes import Shape
from pd_lsp.syntax.imported import NOTHING_IMPORTED
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.templates import templates_for
from pd_lsp.text import TextEdit
from pd_lsp.trust.consent import note_edit
from pd_lsp.trust.folders import trusted_folder_of
from pd_lsp.workflows.events import saved_events
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.kept_runs import folder_of as runs_of
from pd_lsp.workflows.step_shapes import read_step_text, step_shapes
from pd_lsp.workflows.stub_file import has_stub, is_stub_due
from pd_lsp.workflows.workflow_file import FILE_NAME as WORKFLOW_FILE
from pd_lsp.workflows.workflow_file import find_workflow_file, read_workflow, step_of

Change = Callable[[Document], str | TextEdit | None]
"""What a change is for a document: another text, an edit of its text, or None where it can't be applied."""


@dataclass(slots=True)
class _KnownWorkflow:
    stamp: FileStamp | None
    workflow: Workflow | None
    problem: str | None


@dataclass(slots=True)
class ServerState:
    """Open documents, trust, accounts, workflows that were read."""

    settings: Settings
    accounts: AccountCaches
    say: Callable[[str], None]
    """Shows the person a sentence; each sentence is shown once."""
    trusted_by_editor: frozenset[Path] = frozenset()
    selected_pythons: Mapping[Path, Path] = field(default_factory=dict)
    """By folder, the interpreter that is selected for it in the editor: it counts where that trusts the folder."""
    documents: dict[str, Document] = field(default_factory=dict)
    levels: Mapping[str, Level] = field(default_factory=dict)
    """What the person has set for rules in their editor: it counts before what a project sets."""
    _project_files: ProjectFiles = field(init=False)
    _shapes: dict[Path, tuple[object, Mapping[str, Shape]]] = field(default_factory=dict)
    _workflows: dict[Path, _KnownWorkflow] = field(default_factory=dict)
    imported_names: ImportedNames = field(default_factory=ImportedNames)
    _surroundings: Surroundings = field(default_factory=Surroundings)

    def __post_init__(self) -> None:
        self._project_files = ProjectFiles(self.say)

    def open(self, uri: str, path: Path | None, text: str, version: int) -> None:
        """Takes a document that the editor has opened."""
        self.documents[uri] = open_document(path.resolve() if path else None, _without_surrogates(text), version)

    def change(self, uri: str, changes: Iterable[Change], version: int) -> None:
        """Takes the changes of a document, one after the other; a document that is not open has none.

        `version` is the editor's number for the text that they lead to, and greater than the one before (LSP 3.17,
        VersionedTextDocumentIdentifier). Changes to an older text come too late to be put where they belong: some
        editors mix them up when many come at once.
        """
        document = self.documents.get(uri)
        if document is None:
            return
        document.watch_file(partial(self._is_trusted, document.path))
        was_known = not document.unknown
        self._take(document, changes, version)
        if was_known and document.unknown:
            name = document.path.name if document.path else uri
            self.say(
                f"What stands in {name} is not known any more, as the editor sent a change that fits nowhere in it. "
                "Close the file and open it again."
            )

    def _take(self, document: Document, changes: Iterable[Change], version: int) -> None:
        if version < document.version:
            document.unknown = True
            return
        for change in changes:
            match change(document):
                case str(text):
                    document.put(_without_surrogates(text), version)
                case TextEdit(place, new_text):
                    document.edit(TextEdit(place, _without_surrogates(new_text)), version)
                case None:
                    document.unknown = True

    def note_edits(self, uri: str) -> None:
        """Carries the person's consent to the document over to what their editor made of it (D8).

        To be called when the editor has saved, and before a run. Nothing is carried over to a text that something else
        has written: the person is asked again.
        """
        document = self.documents.get(uri)
        if document is None or document.path is None:
            return
        document.watch_file(partial(self._is_trusted, document.path))
        if document.text != document.by_editor and not document.foreign:
            note_edit(str(document.path), document.by_editor, document.text)
            document.by_editor = document.text

    def note_agreed(self, uri: str, text: str) -> None:
        """Takes `text` for the editor's own from now on: the person was asked about it, and agreed."""
        document = self.documents.get(uri)
        if document:
            document.foreign, document.by_editor = False, text

    def note_outcome(self, uri: str, text: str, error: StepError | None) -> bool:
        """Keeps what a run of `text` raised, and on which line, until the document is another text or runs again.

        Whether that is something else than was kept before.
        """
        document = self.documents.get(uri)
        if document is None or document.text != text:
            return False
        before, line = document.raised, (error.line or 0) - 1 if error else -1
        is_there = error is not None and 0 <= line < document.lines.line_count
        document.raised = (line, f"{error.type}: {error.message}") if error and is_there else None
        return document.raised != before

    def _is_trusted(self, path: Path | None) -> bool:
        return self.trusted_folder(path) is not None

    def neighbours(self, uri: str) -> list[str]:
        """The other open documents of the workflow folder that a document's step lies in."""
        document = self.documents.get(uri)
        folder = document.path.parent.parent if document and document.path else None
        return [
            other
            for other, beside in self.documents.items()
            if other != uri and beside.path and beside.path.parent.parent == folder
        ]

    def close(self, uri: str) -> None:
        """Forgets a document."""
        self.documents.pop(uri, None)

    def snapshot(self, uri: str, near: int | None = None) -> Snapshot | None:
        """The document as it is now; None for one that is not open, or whose text is unknown or past the budget (D25).

        Past the budget it is what stands around the line `near`, for a question about one place.
        """
        document = self.documents.get(uri)
        if document is None or document.unknown:
            return None
        if not document.cost.is_within_budget:
            self.say(
                "This file is too large, or its brackets too deep, for a step: pd-lsp completes from the lines around "
                "the caret, and leaves the rest alone."
            )
        read = document.read(near)
        if read is None:
            return None
        lines, tree = read
        is_whole = lines is document.lines
        folder = self.trusted_folder(document.path)
        in_project = (document.path, folder) if document.path and folder else None
        workflow = self._workflow_of(*in_project) if in_project else None
        step = step_of(workflow, document.path) if workflow and document.path else None
        project = self._project_files.of(*in_project) if in_project else Project()
        around, in_workflow = self._surroundings, (workflow, step, folder) if workflow and step and folder else None
        return Snapshot(
            lines=lines,
            tree=tree,
            accounts=self.accounts.of(document.path).current.beside(project.accounts),
            workflow=workflow,
            step=step,
            catalogue=known_app,
            headers_of=known_headers,
            templates=templates_for if is_whole else lambda _slug, _app: (),
            step_shapes=partial(self._step_shapes, workflow, step) if workflow and step else dict,
            stub_is_due=partial(_is_stub_due, *in_project, workflow) if in_project else bool,
            other_steps=partial(around.other_steps, *in_workflow, self.documents.values()) if in_workflow else dict,
            sources=partial(around.sources, *in_workflow, self.documents.values()) if in_workflow else lambda: None,
            dotenv_names=partial(around.dotenv_names, *in_project) if in_project else lambda: None,
            allowed_variables=partial(self._allowed_variables, in_project[0]) if in_project else tuple,
            imported=self.imported_names.of(document, folder) if folder and is_whole else NOTHING_IMPORTED,
            has_stub=partial(has_stub, *in_project) if in_project else bool,
            levels={**project.levels, **self.levels},
        )

    def accounts_of(self, path: Path | None) -> AccountCache:
        """The accounts for a file or folder, whatever links lead to it."""
        return self.accounts.of(path.resolve() if path else None)

    def trusted_folder(self, path: Path | None) -> Path | None:
        """The trusted folder that `path` lies in, by the editor's word or the person's `pd-lsp trust` (D6)."""
        if path is None:
            return None
        return _nearest(path, self.trusted_by_editor) or trusted_folder_of(path)

    def python_of(self, path: Path) -> Path | None:
        """The interpreter that the person chose for a step: in a setting, else in the editor for its folder (D9)."""
        trusted = frozenset(folder for folder in self.selected_pythons if _nearest(folder, self.trusted_by_editor))
        folder = _nearest(path, trusted)
        return self.settings.python or (self.selected_pythons[folder] if folder else None)

    @property
    def imports_beside(self) -> bool:
        """Whether a step may import modules that lie beside it, by an option or by the person's configuration."""
        return self.settings.step_folder_on_path or self.accounts.configuration.step_folder_on_path

    def workflow_problem(self, path: Path | None) -> str | None:
        """Why the workflow.yaml of a step can't be used, as a sentence."""
        folder = self.trusted_folder(path)
        known = self._read_workflow(path, folder) if path and folder else None
        return known.problem if known else None

    def _allowed_variables(self, path: Path) -> tuple[str, ...]:
        return self.accounts.configuration.variables_for(path)

    def _step_shapes(self, workflow: Workflow, step: Step) -> Mapping[str, Shape]:
        """What is known of earlier steps, read anew where a file or an open document of theirs has changed."""
        earlier = earlier_steps(workflow, step)
        folder = Path(workflow.folder)
        open_texts = {document.path: document.text for document in self.documents.values() if document.path}
        steps = [folder / one.uses for one in earlier]
        files = [*steps, *map(runs_of, steps), *saved_events(folder)]
        stamps = tuple((file, open_texts.get(file) or file_stamp(file)) for file in files)
        known = self._shapes.get(folder)
        if known is None or known[0] != stamps:
            known = (
                stamps,
                step_shapes(workflow, earlier, lambda *file: open_texts.get(file[0]) or read_step_text(*file)),
            )
            self._shapes[folder] = known
        return known[1]

    def _workflow_of(self, path: Path, folder: Path) -> Workflow | None:
        known = self._read_workflow(path, folder)
        if known and known.problem:
            self.say(known.problem)
        return known.workflow if known else None

    def _read_workflow(self, path: Path, folder: Path) -> _KnownWorkflow | None:
        file = find_workflow_file(path, folder)
        if file is None:
            return None
        stamp = file_stamp(file)
        known = self._workflows.get(file)
        if known is None or known.stamp != stamp:
            try:
                known = _KnownWorkflow(stamp, read_workflow(file), None)
            except UnreadableFileError as error:
                known = _KnownWorkflow(stamp, None, str(error))
            self._workflows[file] = known
        return known


def _is_stub_due(path: Path, folder: Path, workflow: Workflow | None) -> bool:
    """Whether the type stubs for a step are missing, or older than its file or one of its workflow's."""
    around = Path(workflow.folder) if workflow else path.parent
    of_steps = [around / step.uses for step in workflow.steps] if workflow else []
    return is_stub_due(path, folder, [path, around / WORKFLOW_FILE, *of_steps, *saved_events(around)])


@lru_cache(maxsize=256)
def _nearest(path: Path, folders: frozenset[Path]) -> Path | None:
    """The innermost of `folders` that `path` lies in; kept, since it is asked for at each keystroke."""
    around = [folder for folder in folders if path.is_relative_to(folder)]
    return max(around, key=lambda folder: len(folder.parts), default=None)


def _without_surrogates(text: str) -> str:
    """`text` with lone surrogates replaced, since no other library takes them (D24)."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
