"""The list of workflows: which folders are looked into, trust that ends meanwhile, who is answered by which look."""

import asyncio
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.server.state import ServerState
from pd_lsp.server.workflows_view import WorkflowsView
from pd_lsp.settings import Settings
from pd_lsp.workflows.workflow_list import ListedWorkflow, WorkflowList


class Looked:
    """What a view of three open folders looks into, of which two are trusted."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folders = [folder / name for name in ("ours", "theirs", "others")]
        for one in self.folders:
            (one / "flow").mkdir(parents=True)
            (one / "flow" / "workflow.yaml").write_text("steps: []\n")
        self.state = ServerState(Settings(), AccountCaches({}), say=lambda _: None)
        self.state.trusted_by_editor = frozenset(self.folders[:2])
        self.looks: list[list[Path]] = []
        self.meanwhile = lambda: None
        read = WorkflowList.read

        def seen(one: WorkflowList, folders: Iterable[Path]) -> tuple[ListedWorkflow, ...]:
            self.looks.append([*folders])
            found = read(one, self.looks[-1])
            self.meanwhile()
            return found

        monkeypatch.setattr(WorkflowList, "read", seen)
        workspace = SimpleNamespace(folders={one.as_uri(): None for one in self.folders})
        server: Any = SimpleNamespace(state=self.state, workspace=workspace)
        self.view = WorkflowsView(server)

    async def names(self) -> list[str]:
        return [Path(one["uri"]).parent.parent.name for one in (await self.view.as_json())["workflows"]]


@pytest.fixture
def looked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Looked:
    return Looked(tmp_path.resolve(), monkeypatch)


async def test_a_folder_without_trust_is_not_looked_into(looked: Looked) -> None:
    assert await looked.names() == ["ours", "theirs"]
    assert looked.looks == [looked.folders[:2]]


async def test_what_lies_in_a_folder_whose_trust_has_ended_meanwhile_is_not_told(looked: Looked) -> None:
    def end() -> None:
        looked.state.trusted_by_editor = frozenset(looked.folders[:1])

    looked.meanwhile = end  # type: ignore[assignment]
    assert await looked.names() == ["ours"]


async def test_who_asks_while_a_look_is_under_way_is_answered_by_one_that_begins_after_that(looked: Looked) -> None:
    later: list[Any] = []
    loop = asyncio.get_running_loop()

    def ask_many() -> None:
        looked.meanwhile = lambda: None
        asked = asyncio.run_coroutine_threadsafe(ask(), loop)
        asked.result(20)

    async def ask() -> None:
        later.extend(asyncio.ensure_future(looked.names()) for _ in range(50))

    looked.meanwhile = ask_many  # type: ignore[assignment]
    assert await looked.names() == ["ours", "theirs"]
    assert [await one for one in later] == [["ours", "theirs"]] * 50
    assert len(looked.looks) == 2


async def test_who_gives_up_takes_the_answer_from_nobody(looked: Looked) -> None:
    first, second = asyncio.ensure_future(looked.names()), asyncio.ensure_future(looked.names())
    await asyncio.sleep(0)
    first.cancel()
    assert await second == ["ours", "theirs"]
