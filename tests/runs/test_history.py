"""Keeping a run: behind its result, and never in its way."""

import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from pd_lsp.configuration import configuration_file
from pd_lsp.credentials import Credentials, Secret, secrets_of
from pd_lsp.credentials.matches import Matches
from pd_lsp.execution.run import StepResult
from pd_lsp.model import Accounts
from pd_lsp.runs import history
from pd_lsp.runs.fetched import Fetched
from pd_lsp.runs.history import of_history
from pd_lsp.runs.plan import RunChoices, plan_run
from pd_lsp.runs.run import run
from pd_lsp.runs.step_file import read_step
from pd_lsp.server.gate import Gate
from pd_lsp.settings import Settings
from pd_lsp.workflows.events import SavedEvent
from pd_lsp.workflows.kept_runs import digest_of, kept_runs

TEXT = "def handler(pd):\n    return 1\n"


@pytest.fixture
def step(tmp_path: Path) -> Path:
    file = tmp_path.resolve() / "step.py"
    file.write_text(TEXT)
    return file


async def run_once(  # noqa: PLR0913 - what a run is told, each by its own name
    step: Path,
    event: SavedEvent,
    *,
    secrets: tuple[Secret, ...] = (),
    is_kept: bool = True,
    on_kept: Callable[[], None] = lambda: None,
    on_unkept: Callable[[str], None] = lambda _: None,
) -> StepResult:
    settings = Settings(python=Path(sys.executable))
    snapshot, folder = read_step(step, Accounts())
    plan = plan_run(snapshot, step, folder, settings, RunChoices(event=event))
    told = {"on_kept": on_kept, "on_unkept": on_unkept}
    return await run(plan, Fetched({}, {}, secrets), settings, lambda _: None, is_kept=is_kept, **told)  # type: ignore[arg-type]


async def test_a_result_does_not_wait_until_it_is_kept(step: Path) -> None:
    go_on = threading.Event()
    history._THREAD.submit(go_on.wait)
    try:
        result = await run_once(step, SavedEvent())
        assert (result.returned, kept_runs(step)) == (1, ())
    finally:
        go_on.set()
    (kept,) = await of_history(partial(kept_runs, step))
    assert kept.result == result.to_json()
    assert (kept.name, kept.text, kept.environment, kept.sandbox) == ("step", digest_of(TEXT), "none", False)


async def test_who_waits_for_news_of_a_run_hears_when_it_is_kept(step: Path) -> None:
    heard: list[int] = []
    await run_once(step, SavedEvent(), on_kept=lambda: heard.append(len(kept_runs(step))))
    await of_history(lambda: None)
    assert heard == [1]


async def test_of_a_run_that_is_not_kept_there_is_no_news(step: Path) -> None:
    heard: list[int] = []
    configuration_file().parent.mkdir(parents=True, exist_ok=True)
    configuration_file().write_text('{"keep_runs": false}')
    await run_once(step, SavedEvent(), on_kept=lambda: heard.append(1))
    await run_once(step, SavedEvent(), is_kept=False, on_kept=lambda: heard.append(2))
    await of_history(lambda: None)
    assert heard == []


async def test_the_forms_of_the_secrets_are_made_where_nobody_who_types_waits_for_them(
    step: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[int] = []
    made = Matches.__init__
    monkeypatch.setattr(
        Matches, "__init__", lambda one, known: threads.append(threading.get_ident()) or made(one, known)
    )
    known = (Secret("app.key", "made-up-value-1"),)
    await Gate().watch(known)
    await run_once(step, SavedEvent(), secrets=known)
    assert len(threads) == 2
    assert threading.get_ident() not in threads


async def test_what_need_not_be_kept_is_not(step: Path) -> None:
    await run_once(step, SavedEvent(), is_kept=False)
    assert await of_history(partial(kept_runs, step)) == ()


async def test_where_the_configuration_is_damaged_nothing_is_kept_and_that_is_said(step: Path) -> None:
    configuration_file().parent.mkdir(parents=True, exist_ok=True)
    configuration_file().write_text('{"keep_runs": ')
    said: list[str] = []
    await run_once(step, SavedEvent(), on_unkept=said.append)
    assert await of_history(partial(kept_runs, step)) == ()
    assert said == [
        f"This run is not kept, so later steps do not find it. {configuration_file()} can't be read and is ignored."
    ]


async def test_what_the_step_found_in_pd_steps_is_kept_with_it(step: Path) -> None:
    event = SavedEvent({"a": 1}, {"deep": 1}, {"other": {"n": 1}})
    await run_once(step, event)
    (kept,) = await of_history(partial(kept_runs, step))
    assert kept.event == event


async def test_what_was_said_before_a_run_is_blanked_in_its_result(step: Path) -> None:
    settings = Settings(python=Path(sys.executable))
    snapshot, folder = read_step(step, Accounts())
    plan = replace(plan_run(snapshot, step, folder, settings, RunChoices()), notices=("A label: made-up-secret-1.",))
    secrets = secrets_of(Credentials("slack", {"token": "made-up-secret-1"}))
    result = await run(plan, Fetched({}, {}, secrets), settings, lambda _: None)
    assert result.notices == ("A label: ‹slack.token›.",)
