"""Runs over the wire: trust, consent, output, results, and the many ways to stop."""

import asyncio
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil
import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor

SLACK = 'def handler(pd):\n    return pd.inputs["slack"]["$auth"]\n'
FOR_EVER = """\
import os
import time

def handler(pd):
    print("pid", os.getpid(), flush=True)
    while True:
        time.sleep(1)
"""


def step(folder: Path, text: str) -> str:
    """A lone step on disk; its URI."""
    file = folder / "step.py"
    file.write_text(text)
    return file.as_uri()


async def run(client: EditorClient, uri: str, text: str, **argument: str) -> Any:
    """Opens the step and runs it; the result as plain data."""
    client.open(uri, text)
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": uri, "handler": "handler", **argument}])
    return await client.workspace_execute_command_async(command)


async def until(condition: Callable[[], bool], patience: float = 20.0) -> None:
    """Waits for something to become true, and fails where it does not."""
    deadline = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < deadline, "it did not become true"
        await asyncio.sleep(0.02)


async def test_a_run_gives_output_as_it_comes_and_then_a_result(editor: StartEditor, tmp_path: Path) -> None:
    text = "def handler(pd):\n    print('hello')\n    pd.export('n', 1)\n    return {'a': [1, 2]}\n"
    client = await editor()
    result = await run(client, step(tmp_path, text), text)
    assert "".join(text for stream, text in client.output if stream == "stdout") == "hello\n"
    assert (result["outcome"], result["exports"], result["returned"]) == ("succeeded", {"n": 1}, {"a": [1, 2]})


async def test_a_value_as_deep_as_the_platform_allows_comes_back_whole(editor: StartEditor, tmp_path: Path) -> None:
    text = SLACK.replace("return", "a = ") + "    for n in range(255):\n        a = {'k': a}\n    return a\n"
    client = await editor(sandbox=True)
    result = await run(client, step(tmp_path, text), text)
    assert (result["outcome"], str(result["returned"]).count("'k'")) == ("succeeded", 255)


async def test_a_step_that_prints_its_account_shows_every_key_and_no_value(editor: StartEditor, tmp_path: Path) -> None:
    text = 'def handler(pd):\n    print(pd.inputs["openai"]["$auth"])\n    return pd.inputs["openai"]["$auth"]\n'
    client = await editor(sandbox=True)
    result = await run(client, step(tmp_path, text), text)
    assert ("stdout", "{'api_key': '‹openai.api_key›'}\n") in client.output
    assert result["returned"]["api_key"] == "‹openai.api_key›"


async def test_nothing_runs_in_a_folder_that_is_not_trusted(editor: StartEditor, tmp_path: Path) -> None:
    trusted, other = tmp_path / "trusted", tmp_path / "other"
    trusted.mkdir()
    other.mkdir()
    client = await editor(trusted)
    assert await run(client, step(other, SLACK), SLACK) is None
    assert len(client.shown) == 1
    assert "pd-lsp trust" in client.shown[0]
    assert client.output == [("notice", client.shown[0])]


@pytest.mark.parametrize("answer", ["Cancel", None])
async def test_nothing_runs_without_a_yes(editor: StartEditor, tmp_path: Path, answer: str | None) -> None:
    text = "def handler(pd):\n    print('ran')\n"
    client = await editor(answer=answer)
    assert await run(client, step(tmp_path, text), text) is None
    assert client.output == []


async def test_an_editor_that_can_not_ask_is_told_the_command_to_type(editor: StartEditor, tmp_path: Path) -> None:
    text = "def handler(pd):\n    return 1\n"
    client = await editor(asks=False)
    uri = step(tmp_path, text)
    assert await run(client, uri, text) is None
    assert f"pd-lsp allow {tmp_path.resolve() / 'step.py'}" in client.shown[0]


async def test_always_is_remembered_until_the_file_changes_behind_the_editor(
    editor: StartEditor, tmp_path: Path
) -> None:
    text = "def handler(pd):\n    return 1\n"
    client = await editor(answer="Always for this file")
    uri = step(tmp_path, text)
    assert (await run(client, uri, text))["outcome"] == "succeeded"
    silent = await editor(answer="Cancel")
    assert (await run(silent, uri, text))["outcome"] == "succeeded"
    changed = text + "# by somebody else\n"
    step(tmp_path, changed)
    other = await editor(answer="Cancel")
    assert await run(other, uri, changed) is None


async def test_a_step_that_raises_is_a_result_with_its_own_lines(editor: StartEditor, tmp_path: Path) -> None:
    text = "def helper():\n    raise ValueError('no')\n\ndef handler(pd):\n    helper()\n"
    client = await editor()
    result = await run(client, step(tmp_path, text), text)
    assert (result["outcome"], result["error"]["type"], result["error"]["line"]) == ("raised", "ValueError", 2)
    assert "runner" not in result["error"]["traceback"]


async def test_an_app_that_is_not_connected_is_a_sentence(editor: StartEditor, tmp_path: Path) -> None:
    text = 'def handler(pd):\n    return pd.inputs["stripe"]["$auth"]\n'
    client = await editor(sandbox=True)
    assert await run(client, step(tmp_path, text), text) is None
    [sentence] = client.shown
    assert sentence.startswith('The step reads pd.inputs["stripe"], but no account of Stripe is connected: connect one')


async def test_a_read_that_is_still_being_typed_is_a_sentence(editor: StartEditor, tmp_path: Path) -> None:
    text = 'def handler(pd):\n    return pd.inputs[""]\n'
    client = await editor(sandbox=True)
    assert await run(client, step(tmp_path, text), text) is None
    assert client.shown == ['The step reads pd.inputs[""], which names no app yet: write one, or remove the read.']


async def test_an_account_whose_token_can_not_be_read_stops_the_run_before_it_starts(
    editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor(sandbox=True)
    listed = await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command="pd.refreshAccounts"))
    assert listed
    text = 'def handler(pd):\n    print("started")\n    return pd.inputs["google_calendar"]["$auth"]\n'
    assert await run(client, step(tmp_path, text), text) is None
    assert client.output == [("notice", client.shown[0])]
    assert "connected through Pipedream's own OAuth client" in client.shown[0]


async def test_a_file_without_a_handler_is_a_sentence(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    assert await run(client, step(tmp_path, ""), "") is None
    assert client.shown == ['step.py has no handler: a step begins with `def handler(pd: "pipedream"):`.']


async def test_the_person_sees_progress_that_begins_and_ends(editor: StartEditor, tmp_path: Path) -> None:
    text = "def handler(pd):\n    return 1\n"
    client = await editor()
    await run(client, step(tmp_path, text), text)
    kinds = [
        progress.value["kind"] if isinstance(progress.value, dict) else progress.value.kind
        for progress in client.shown_progress
    ]
    assert (kinds[0], kinds[-1]) == ("begin", "end")


async def test_the_progress_of_a_run_counts_its_seconds(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    request, _ = await started(client, step(tmp_path, FOR_EVER))
    await until(lambda: len(client.shown_progress) > 2)
    client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token=client.shown_progress[0].token))
    await request
    values = [progress.value for progress in client.shown_progress[1:-1]]
    messages = [value["message"] if isinstance(value, dict) else value.message for value in values]
    assert messages == [f"{second} s of 30 s" for second in range(1, len(messages) + 1)]


async def test_a_run_has_the_name_that_the_editor_gives_it_and_no_two_have_the_same(
    editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor()
    first = asyncio.ensure_future(run(client, step(tmp_path, FOR_EVER), FOR_EVER, run="mine"))
    await until(lambda: bool(client.output))
    (tmp_path / "other").mkdir()
    assert await run(client, step(tmp_path / "other", FOR_EVER), FOR_EVER, run="mine") is None
    assert client.shown[-1].startswith("Not run: another run has that name.")
    client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token="mine"))
    assert (await first)["outcome"] == "cancelled"
    assert {progress.token for progress in client.shown_progress} == {"mine"}


async def test_a_client_without_pd_gets_the_output_as_log_messages(editor: StartEditor, tmp_path: Path) -> None:
    text = "def handler(pd):\n    print('hello')\n"
    client = await editor(speaks_pd=False, progress=False)
    assert (await run(client, step(tmp_path, text), text))["outcome"] == "succeeded"
    assert client.logged[0] == "hello"


async def test_a_client_without_pd_is_told_the_result_in_a_sentence_and_all_of_it_in_the_log(
    editor: StartEditor, tmp_path: Path
) -> None:
    text = "def handler(pd):\n    pd.export('n', 7)\n    return {'a': 'b'}\n"
    client = await editor(speaks_pd=False)
    await run(client, step(tmp_path, text), text)
    await until(lambda: bool(client.shown))
    assert re.fullmatch(r'step succeeded after \d+\.\d\d s: \{"a": "b"\}', client.shown[0])
    assert client.logged[0].splitlines()[1:] == ["n = 7", '$return_value = {"a": "b"}']


async def test_a_client_without_pd_is_told_what_a_step_raised_and_where(editor: StartEditor, tmp_path: Path) -> None:
    text = "def handler(pd):\n    raise ValueError('two\\nlines')\n"
    client = await editor(speaks_pd=False)
    await run(client, step(tmp_path, text), text)
    await until(lambda: bool(client.shown))
    assert re.fullmatch(r"step raised after .* s: ValueError: two\\nlines \(line 2\)", client.shown[0])
    assert "Traceback" in client.logged[-1]


async def started(client: EditorClient, uri: str) -> tuple[asyncio.Task[Any], psutil.Process]:
    """A run that sleeps for ever: its request, and its process."""
    request = asyncio.create_task(run(client, uri, FOR_EVER))
    await until(lambda: any(text.startswith("pid") for _, text in client.output))
    pid = int(next(text for _, text in client.output if text.startswith("pid")).split()[1])
    return request, psutil.Process(pid)


async def test_cancelling_the_progress_stops_a_step_that_sleeps_for_ever(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    request, process = await started(client, step(tmp_path, FOR_EVER))
    client.window_work_done_progress_cancel(lsp.WorkDoneProgressCancelParams(token=client.shown_progress[0].token))
    assert (await request)["outcome"] == "cancelled"
    assert not process.is_running()


async def test_the_stop_command_stops_a_step_that_sleeps_for_ever(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    uri = step(tmp_path, FOR_EVER)
    request, process = await started(client, uri)
    await client.workspace_execute_command_async(
        lsp.ExecuteCommandParams(command="pd.stopRun", arguments=[{"uri": uri}])
    )
    assert (await request)["outcome"] == "cancelled"
    assert not process.is_running()


async def test_cancelling_the_request_stops_a_step_that_sleeps_for_ever(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    request, process = await started(client, step(tmp_path, FOR_EVER))
    [request_id] = list(client.protocol._request_futures)
    client.cancel_request(lsp.CancelParams(id=request_id))
    await until(lambda: not process.is_running())
    with pytest.raises(Exception, match="cancel"):
        await request


async def test_a_second_run_of_a_step_that_still_runs_is_refused(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    uri = step(tmp_path, FOR_EVER)
    request, process = await started(client, uri)
    assert await run(client, uri, FOR_EVER) is None
    assert "still going" in client.shown[0]
    await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command="pd.stopRun"))
    await request
    assert not process.is_running()


async def test_a_server_that_is_killed_leaves_no_process(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    request, process = await started(client, step(tmp_path, FOR_EVER))
    assert client._server
    below = [process, *psutil.Process(client._server.pid).children(recursive=True)]
    os.kill(client._server.pid, signal.SIGKILL)
    await until(lambda: not any(one.is_running() for one in below))
    with pytest.raises(RuntimeError):
        await request


async def test_an_editor_that_closes_the_pipe_ends_server_and_step(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    request, process = await started(client, step(tmp_path, FOR_EVER))
    assert client._server
    assert client._server.stdin
    client._server.stdin.close()
    await until(lambda: not process.is_running())
    assert await client._server.wait() == 1
    with pytest.raises(RuntimeError):
        await request
