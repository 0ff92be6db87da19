"""What a project's folder holds for a stub: its workflows, and the Python steps in them and beside them."""

from dataclasses import dataclass
from pathlib import Path

from pd_lsp.model import Account, Step, Workflow
from pd_lsp.syntax.budget import is_within_budget
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.workflows.files import UnreadableFileError, read_text
from pd_lsp.workflows.project_file import FILE_NAME as PROJECT_FILE
from pd_lsp.workflows.project_file import read_project_file
from pd_lsp.workflows.project_folder import files_in
from pd_lsp.workflows.workflow_file import FILE_NAME, read_workflow

_LARGEST_STEP = 2_000_000


@dataclass(frozen=True, slots=True)
class StepCode:
    """A Python step: where it lies, what it says, and its place in a workflow where it has one."""

    file: Path
    tree: Tree
    step: Step | None


@dataclass(frozen=True, slots=True)
class Project:
    """All that is read of a folder; `problems` say what could not be."""

    folder: Path
    workflows: tuple[Workflow, ...]
    steps: tuple[StepCode, ...]
    accounts: tuple[Account, ...]
    """Those that a pd-lsp.json of the project names."""
    problems: tuple[str, ...]


def read_project(folder: Path) -> Project:
    """The project in `folder`. What can't be read is left out, and is said in `problems`."""
    files = sorted(files_in(folder))
    problems: list[str] = []
    workflows = [flow for file in files if file.name == FILE_NAME and (flow := _workflow(file, problems))]
    accounts = [one for file in files if file.name == PROJECT_FILE for one in _accounts(file, folder, problems)]
    own = {Path(flow.folder, step.uses): step for flow in workflows for step in flow.steps if step.uses[:2] == "./"}
    python = [file for file in {**dict.fromkeys(files), **own} if file.suffix == ".py"]
    steps = [code for file in sorted(python) if (code := _step_code(file, folder, own.get(file)))]
    return Project(folder, tuple(workflows), tuple(steps), tuple(accounts), tuple(problems))


def _workflow(file: Path, problems: list[str]) -> Workflow | None:
    try:
        return read_workflow(file)
    except UnreadableFileError as error:
        problems.append(str(error))
        return None


def _accounts(file: Path, folder: Path, problems: list[str]) -> tuple[Account, ...]:
    try:
        return read_project_file(file, folder).accounts
    except UnreadableFileError as error:
        problems.append(str(error))
        return ()


def _step_code(file: Path, folder: Path, step: Step | None) -> StepCode | None:
    """The step in a file; None for one that is none, or can't be read: a checker says so better."""
    try:
        text = read_text(file, folder, limit=_LARGEST_STEP)
    except UnreadableFileError:
        return None
    if not is_within_budget(text) or (step is None and "handler" not in text):
        return None
    tree = parse(text)
    return StepCode(file, tree, step) if step or handlers(tree) else None
