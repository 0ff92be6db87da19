"""The server that the extension carries, in an empty environment, with Pythons that have nothing of it installed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.debug_client import DebugClient
from tests.e2e.test_debugging import READS, Person, debug
from tests.e2e.test_editing import open_marked, workspace
from tests.e2e.test_imported_names import STEP, completed
from tests.e2e.test_packages import TABULATE
from tests.e2e.test_packages import Person as Agreeing
from tests.e2e.test_running import run, step
from tests.editors.bundle.conftest import StartEditor

LOOKS_AROUND = """\
import os
import sys

def handler(pd):
    print(pd.inputs["openai"]["$auth"]["api_key"])
    return {"variables": sorted(os.environ), "path": sys.path}
"""


async def test_the_keys_of_an_account_are_completed(editor: StartEditor, tmp_path: Path) -> None:
    client, uri = await editor(tmp_path), step(tmp_path, "")
    place = open_marked(client, uri, 'def handler(pd):\n    pd.inputs["openai"]["$auth"]["$0"]\n')
    assert await completed(client, uri, place) == ["api_key"]


async def test_a_step_runs_to_its_result_and_sees_nothing_of_the_extension(
    editor: StartEditor, tmp_path: Path, server: Path
) -> None:
    client = await editor(tmp_path)
    result = await run(client, step(tmp_path, LOOKS_AROUND), LOOKS_AROUND)
    assert result["outcome"] == "succeeded"
    assert ("stdout", "‹openai.api_key›\n") in client.output
    assert "PYTHONPATH" not in result["returned"]["variables"]
    assert not [path for path in result["returned"]["path"] if path.startswith(str(server))]


async def test_a_name_of_a_module_beside_the_step_is_followed(editor: StartEditor, tmp_path: Path) -> None:
    file = workspace(tmp_path / "project")
    (file.parent / "accounts.py").write_text('def auth_of(pd):\n    return pd.inputs["x"]\n')
    client = await editor(tmp_path / "project")
    place = open_marked(client, file.as_uri(), STEP)
    assert await completed(client, file.as_uri(), place, tries=100) == ["$auth"]  # nothing is compiled to begin with


async def test_a_step_stops_in_the_debugger(
    editor: StartEditor, tmp_path: Path, pd_lsp: Sequence[str], environment: dict[str, str]
) -> None:
    client = await editor(tmp_path, Person())
    running = debug(client, step(tmp_path, READS), READS)
    session = await client.debug_sessions.get()
    debugger = await DebugClient.start(environment, pd_lsp)
    await debugger.debug(tmp_path / "step.py", 5, session=session)
    frame = await debugger.stopped()
    assert (await debugger.evaluate(frame, "key")).strip("'").startswith("sk-")
    await debugger.go_on(frame)
    assert (await running)["outcome"] == "succeeded"
    await debugger.leave()


@pytest.mark.usefixtures("index")
async def test_packages_of_a_step_are_installed(
    editor: StartEditor, tmp_path: Path, environment: dict[str, str], own_folders: Path
) -> None:
    environment["XDG_CONFIG_HOME"] = str(own_folders / "config")  # where the fixture says that there is no index
    client = await editor(tmp_path, Agreeing("Install"))
    assert (await run(client, step(tmp_path, TABULATE), TABULATE))["returned"] == "0.9.0"
