"""What lies around a step and is read only where a feature asks for it: other steps' code, names in `.env`."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.model import Step, Workflow
from pd_lsp.server.document import Document
from pd_lsp.server.source_files import SourceFiles
from pd_lsp.syntax.tree import Tree
from pd_lsp.syntax.workflow_sources import Source, WorkflowSources
from pd_lsp.workflows.dotenv_file import find_dotenv, read_dotenv_names
from pd_lsp.workflows.files import UnreadableFileError

_MOST_STEPS = 50


@dataclass(slots=True)
class Surroundings:
    """Keeps what was read until its file changes. Only files of a trusted folder are read (D24)."""

    _files: SourceFiles = field(default_factory=SourceFiles)
    _dotenv: dict[Path, tuple[FileStamp | None, tuple[str, ...] | None]] = field(default_factory=dict)

    def other_steps(
        self, workflow: Workflow, step: Step, folder: Path, documents: Iterable[Document]
    ) -> Mapping[str, Tree]:
        """The code of the workflow's other Python steps, by name; from the editor where it has them open."""
        others = (other for other in workflow.steps[:_MOST_STEPS] if other is not step)
        return {other.namespace: source.tree for other, source in self._steps(workflow, others, folder, documents)}

    def sources(self, workflow: Workflow, step: Step, folder: Path, documents: Iterable[Document]) -> WorkflowSources:
        """The files of the workflow with the places in them, from the editor where it has them open."""
        opened = _opened(documents)
        steps = [*workflow.steps[:_MOST_STEPS], step]
        return WorkflowSources(
            workflow=self._files.workflow(Path(workflow.folder), opened),
            steps={one.namespace: source for one, source in self._steps(workflow, steps, folder, opened.values())},
            events=lambda: self._files.events(Path(workflow.folder), folder),
        )

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

    def _steps(
        self, workflow: Workflow, steps: Iterable[Step], folder: Path, documents: Iterable[Document]
    ) -> Iterator[tuple[Step, Source]]:
        """Those of the steps that are in Python and can be read."""
        opened = _opened(documents)
        for step in steps:
            if step.is_python:
                source = self._files.step(Path(workflow.folder, step.uses), folder, opened)
                if source:
                    yield step, source


def _opened(documents: Iterable[Document]) -> Mapping[Path, Document]:
    return {document.path: document for document in documents if document.path and not document.unknown}
