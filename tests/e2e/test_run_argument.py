"""What the person chooses for one run from an editor: limits and accounts, as the command line has them."""

import json
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_running import step

SLOW = "import time\ndef handler(pd):\n    time.sleep(600)\n"
LARGE = "def handler(pd):\n    return 'x' * 7_000_000\n"
GREEDY = "def handler(pd):\n    return len(bytearray(1_500_000_000))\n"
SET = "def handler(pd):\n    return {1}\n"
READS = 'def handler(pd):\n    return list(pd.inputs["github"]["$auth"])\n'


async def run(client: EditorClient, folder: Path, text: str, **argument: Any) -> Any:
    uri = step(folder, text)
    client.open(uri, text)
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": uri, **argument}])
    return await client.workspace_execute_command_async(command)


async def test_the_time_limit_of_the_command_counts_and_is_asked_about(editor: StartEditor, tmp_path: Path) -> None:
    asked: list[str] = []
    client = await editor(answer=lambda question: asked.append(question) or "Run once")
    result = await run(client, tmp_path, SLOW, timeLimit=0.5)
    assert (result["outcome"], "within 0.5 s" in result["error"]["message"]) == ("timed out", True)
    assert "Time limit: 0.5 s." in asked[0]


@pytest.mark.parametrize(
    ("text", "argument", "before"),
    [
        (LARGE, {"sizeLimit": 12}, "Function Payload Limit Exceeded"),
        (GREEDY, {"memoryLimit": 4096}, "MemoryError"),
        (GREEDY, {"memoryLimit": 0}, "MemoryError"),
        (SET, {"anyValue": True}, "TypeError"),
    ],
    ids=["size", "memory", "no limit of memory", "any value"],
)
async def test_a_limit_is_relaxed_for_the_one_run(
    editor: StartEditor, tmp_path: Path, text: str, argument: dict[str, Any], before: str
) -> None:
    client = await editor()
    assert (await run(client, tmp_path, text))["error"]["type"] == before
    assert (await run(client, tmp_path, text, **argument))["error"] is None


async def test_the_account_of_the_command_is_the_one_that_is_used(editor: StartEditor, tmp_path: Path) -> None:
    asked: list[str] = []
    client = await editor(sandbox=True, answer=lambda question: asked.append(question) or "Run once")
    assert (await run(client, tmp_path, READS, accounts={"github": "apn_githubwork"}))["ok"]
    assert len(asked) == 1, "which account it is was asked all the same"
    assert await run(client, tmp_path, READS, accounts={"github": "apn_slackteam"}) is None
    assert "apn_slackteam is an account of Slack" in client.shown[0]
    assert await run(client, tmp_path, READS, accounts={"slack": "apn_slackteam"}) is None
    assert "does not read pd.inputs['slack']" in client.shown[1]


async def test_a_part_that_can_not_be_meant_is_a_sentence_and_no_run(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor()
    assert await run(client, tmp_path, "def handler(pd):\n    print('ran')\n", timeLimit="long") is None
    assert [said.partition(" from ")[0] for said in client.shown] == ["Not run: timeLimit takes a number of seconds"]
    assert client.output == [("notice", client.shown[0])]


async def test_no_file_of_the_folder_sets_a_limit(editor: StartEditor, tmp_path: Path) -> None:
    wanted = {"timeLimit": 90, "memoryLimit": 0, "sizeLimit": 12, "anyValue": True, "time_limit": 90}
    (tmp_path / "pd-lsp.json").write_text(json.dumps(wanted))
    (tmp_path / ".vscode").mkdir()
    (tmp_path / ".vscode" / "settings.json").write_text(json.dumps({"pdLsp": wanted, "pdLsp.run": wanted}))
    asked: list[str] = []
    client = await editor(answer=lambda question: asked.append(question) or "Run once", settings=wanted)
    assert (await run(client, tmp_path, LARGE))["error"]["type"] == "Function Payload Limit Exceeded"
    assert "Time limit: 30 s." in asked[0]
