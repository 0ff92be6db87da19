"""The command that lists the workflows of all trusted folders, with the last run of each step."""

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pd_lsp.runs.history import of_history
from pd_lsp.runs.kept_as_json import moment
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.workflows.workflow_list import ListedStep, ListedWorkflow, WorkflowList

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

_HANDLER = "handler"


class WorkflowsView:
    """Answers with what lies in the folders now. Folders are looked at in a thread, by one look at a time.

    Whoever asks while one is under way is answered by the next, together with all who ask meanwhile.
    """

    def __init__(self, server: "PdLanguageServer") -> None:
        self._server = server
        self._list = WorkflowList()
        self._looking = asyncio.Lock()
        self._next: asyncio.Task[dict[str, Any]] | None = None

    async def as_json(self) -> dict[str, Any]:
        """All workflows, sorted by their places."""
        if self._next is None:
            self._next = asyncio.create_task(self._look())
        return await asyncio.shield(self._next)

    async def _look(self) -> dict[str, Any]:
        async with self._looking:
            self._next = None
            folders = self._folders()
            found = await asyncio.to_thread(self._list.read, folders)
            found = await of_history(partial(self._list.with_runs, found))
        trusted = self._server.state.trusted_folder  # which may have ended meanwhile
        return {"workflows": [_workflow(one) for one in found if trusted(one.file)]}

    def _folders(self) -> list[Path]:
        """The trusted folders of the session: those that are open, those that the editor names, those of open steps."""
        state = self._server.state
        of_steps = [path.parent.parent for one in state.documents.values() if (path := one.path)]
        opened = [folder.resolve() for uri in self._server.workspace.folders if (folder := convert.path_of(uri))]
        return sorted({one for one in (*opened, *state.trusted_by_editor, *of_steps) if state.trusted_folder(one)})


def _workflow(one: ListedWorkflow) -> dict[str, Any]:
    return {
        "uri": convert.uri_of(one.file),
        "name": one.name,
        "steps": [_step(step) for step in one.steps],
        "problem": one.problem,
    }


def _step(step: ListedStep) -> dict[str, Any]:
    last = step.last
    return {
        "uri": convert.uri_of(step.file),
        "name": step.name,
        "handler": _HANDLER if step.runs_here else None,
        "last": last and {"outcome": last.outcome, "at": moment(last.at), "number": last.number},
    }


def show_workflows(server: "PdLanguageServer") -> None:
    """Adds the command."""
    view = WorkflowsView(server)

    @server.command("pd.workflows")
    @costs_only_its_answer(None)
    async def list_workflows(*_arguments: Any) -> dict[str, Any]:
        return await view.as_json()
