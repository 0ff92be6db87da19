"""A step as it lies on disk, with what lies around it: what a command line reads where a server has a document."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from pd_lsp.catalog import known_app, known_headers
from pd_lsp.features.rule_levels import read_levels
from pd_lsp.model import Accounts, Step, Workflow, earlier_steps
from pd_lsp.shapes import Shape
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.templates import templates_for
from pd_lsp.text import LineIndex
from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.project_file import ProjectFile, find_project_file, read_project_file
from pd_lsp.workflows.step_shapes import read_step_text, step_shapes
from pd_lsp.workflows.workflow_file import find_workflow_file, read_workflow, step_of

_LARGEST_STEP = 5_000_000


def step_file(named: Path) -> Path:
    """The file of a step that the person named by itself or by its folder. Raises UnreadableFileError."""
    file = named / "entry.py" if named.is_dir() else named
    if named.is_dir() and not file.is_file() and any(named.glob("entry.*")):
        raise UnreadableFileError(f"{named.name} is no Python step: pd-lsp runs those that have an entry.py.")
    if not file.is_file():
        raise UnreadableFileError(f"There is no step {named}: name an entry.py, or the folder that holds it.")
    return file.resolve()


def read_step(file: Path, accounts: Accounts) -> tuple[Snapshot, Path]:
    """The step in `file`, and the folder of its project: the one that holds the workflow's, or else its own.

    A workflow.yaml above the file counts only where it lists the step: in a shared folder such as /tmp another one's
    may lie above it. Raises UnreadableFileError.
    """
    text = read_text(file, file.parent, limit=_LARGEST_STEP)
    workflow_file = find_workflow_file(file, Path(file.anchor))
    workflow = read_workflow(workflow_file) if workflow_file else None
    if workflow and step_of(workflow, file) is None:
        workflow_file = workflow = None
    project_folder = workflow_file.parent.parent if workflow_file else file.parent
    project_file = find_project_file(file, project_folder)
    project = read_project_file(project_file, project_folder) if project_file else ProjectFile()
    step = step_of(workflow, file) if workflow else None
    if not is_within_budget(text):
        raise UnreadableFileError(f"{file.name} is too large, or its brackets too deep, for a step: split it.")
    snapshot = Snapshot(
        lines=LineIndex(text),
        tree=parse(text),
        accounts=accounts.beside(project.accounts),
        workflow=workflow,
        step=step,
        catalogue=known_app,
        headers_of=known_headers,
        templates=templates_for,
        step_shapes=partial(_shapes, workflow, step) if workflow and step else dict,
        levels=read_levels(project.rules, project.name).levels,
    )
    return snapshot, project_folder


def rule_problems(file: Path, project_folder: Path) -> tuple[str, ...]:
    """What is wrong with the setting of rules in the project of the step `file`. Raises UnreadableFileError."""
    project_file = find_project_file(file, project_folder)
    project = read_project_file(project_file, project_folder) if project_file else ProjectFile()
    return read_levels(project.rules, project.name).problems


def _shapes(workflow: Workflow, step: Step) -> Mapping[str, Shape]:
    return step_shapes(workflow, earlier_steps(workflow, step), read_step_text)
