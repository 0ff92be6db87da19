"""All workflows in some folders, with their steps and how each ran last: each file read once, until it changes."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.model import Workflow
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.tree import parse
from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.kept_runs import folder_of, latest_run
from pd_lsp.workflows.project_folder import files_in
from pd_lsp.workflows.workflow_file import FILE_NAME, read_workflow

T = TypeVar("T")

MOST_WORKFLOWS, MOST_STEPS = 1_000, 200
"""What is listed at most: workflows altogether, steps of one."""
_LARGEST_STEP = 2_000_000
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class LastRun:
    """The latest run of a step that is kept: how it ended, when, and its number."""

    outcome: str
    at: float
    number: int


@dataclass(frozen=True, slots=True)
class ListedStep:
    """A step whose code is the workflow's own."""

    file: Path
    name: str
    runs_here: bool
    """Whether it has a handler, or is one of the older kind, and so can be run by pd-lsp."""
    last: LastRun | None = None


@dataclass(frozen=True, slots=True)
class ListedWorkflow:
    """A workflow by its file."""

    file: Path
    name: str
    steps: tuple[ListedStep, ...] = ()
    problem: str | None = None
    """Why the file can't be read, as a sentence."""


class _Known(dict[Path, tuple[FileStamp | None, T]]):
    """What was made of files, until they change."""

    def of(self, file: Path, stamp: FileStamp | None, make: Callable[[], T]) -> T:
        known = self.get(file)
        if known is None or known[0] != stamp:
            known = self[file] = stamp, make()
        return known[1]


@dataclass(slots=True)
class WorkflowList:
    """What was read. It is for one thread at a time."""

    _workflows: _Known[Workflow | str] = field(default_factory=_Known)
    """A workflow, or why it can't be read."""
    _runs_here: _Known[bool] = field(default_factory=_Known)
    _last: _Known[LastRun | None] = field(default_factory=_Known)

    def read(self, folders: Iterable[Path]) -> tuple[ListedWorkflow, ...]:
        """The workflows in the folders and below them, sorted by their places, without their runs."""
        found = dict.fromkeys(file for one in folders for file in files_in(one) if file.name == FILE_NAME)
        return tuple(self._workflow(file) for file in islice(sorted(found), MOST_WORKFLOWS))

    def with_runs(self, workflows: Iterable[ListedWorkflow]) -> tuple[ListedWorkflow, ...]:
        """The same with the last run of each step."""
        return tuple(
            replace(flow, steps=tuple(replace(step, last=self._last_of(step.file)) for step in flow.steps))
            for flow in workflows
        )

    def _workflow(self, file: Path) -> ListedWorkflow:
        known = self._workflows.of(file, file_stamp(file), lambda: _read(file))
        if isinstance(known, str):
            return ListedWorkflow(file, file.parent.name, problem=known)
        steps = islice(self._steps(known), MOST_STEPS)
        return ListedWorkflow(file, _shown(known.name) or file.parent.name, tuple(steps))

    def _steps(self, workflow: Workflow) -> Iterable[ListedStep]:
        for step in workflow.steps:
            file = Path(os.path.normpath(Path(workflow.folder, step.uses)))
            if step.uses.startswith("./") and file.is_relative_to(workflow.folder) and _can_be_file(file):
                yield ListedStep(
                    file, _shown(step.namespace), step.is_python and self._can_run(file, Path(workflow.folder))
                )

    def _can_run(self, file: Path, folder: Path) -> bool:
        return self._runs_here.of(file, file_stamp(file), lambda: _runs_here(file, folder))

    def _last_of(self, step: Path) -> LastRun | None:
        return self._last.of(step, file_stamp(folder_of(step)), lambda: _last(step))


def _read(file: Path) -> Workflow | str:
    try:
        return read_workflow(file)
    except UnreadableFileError as error:
        return str(error)


def _can_be_file(path: Path) -> bool:
    """Whether an address can name it: YAML can write half a character, and a zero."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def _shown(name: str) -> str:
    """A name as it is listed: whole characters, and not too many."""
    return name[:_LONGEST_NAME].encode("utf-8", "replace").decode()


def _runs_here(file: Path, folder: Path) -> bool:
    try:
        text = read_text(file, folder, limit=_LARGEST_STEP)
    except UnreadableFileError:
        return False
    if not is_within_budget(text):
        return False
    tree = parse(text)
    return bool(handlers(tree)) or script_helpers_import(tree) is not None


def _last(step: Path) -> LastRun | None:
    run = latest_run(step)
    return LastRun(str(run.result.get("outcome")), run.at, run.number) if run else None
