"""Which Python a step runs in: the person's setting, else what is selected in their editor, else what pd-lsp finds."""

import sys
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor

STEP = "import sys\n\n\ndef handler(pd):\n    return sys.prefix\n"
INSIDE = "That Python lies in the folder itself"


@pytest.fixture
def environment(tmp_path: Path) -> Path:
    """An environment in the folder, as `python -m venv` makes it; its Python."""
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    (tmp_path / ".venv" / "pyvenv.cfg").write_text(f"home = {Path(sys.executable).parent}\nversion = 3.11.99\n")
    return python


async def call(client: EditorClient, command: str, **argument: Any) -> Any:
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command=command, arguments=[argument]))


def selecting(folder: Path, python: Path) -> dict[str, Any]:
    return {"stepPythons": [{"folder": folder.as_uri(), "python": str(python)}]}


def opened(client: EditorClient, folder: Path, text: str = STEP) -> str:
    file = folder / "step.py"
    file.write_text(text)
    client.open(file.as_uri(), text)
    return file.as_uri()


async def test_a_step_runs_in_what_is_selected_and_the_question_says_where_that_lies(
    editor: StartEditor, tmp_path: Path, environment: Path
) -> None:
    asked: list[str] = []
    client = await editor(
        python=False,
        options=selecting(tmp_path, environment),
        answer=lambda question: asked.append(question) or "Run once",
    )
    uri = opened(client, tmp_path)
    told = await call(client, "pd.stepPython", uri=uri)
    assert told == {"path": str(environment), "version": "3.11.99", "why": "editor", "missing": []}
    result = await call(client, "pd.runStep", uri=uri)
    assert result["returned"] == str(environment.parent.parent)
    assert "This step runs in the Python that is selected in the editor for its folder." in result["notices"]
    assert [f"Python: {environment}." in asked[0], INSIDE in asked[0]] == [True, True]


async def test_always_falls_when_another_python_is_selected(
    editor: StartEditor, tmp_path: Path, environment: Path, steps_python: Path
) -> None:
    answers = iter(["Always for this file", "Cancel"])
    client = await editor(
        python=False, options=selecting(tmp_path, environment), answer=lambda _question: next(answers)
    )
    uri = opened(client, tmp_path)
    assert (await call(client, "pd.runStep", uri=uri))["outcome"] == "succeeded"
    assert (await call(client, "pd.runStep", uri=uri))["outcome"] == "succeeded"
    client.protocol.notify("pd/stepPythons", {"pythons": selecting(tmp_path, steps_python)["stepPythons"]})
    assert (await call(client, "pd.stepPython", uri=uri))["path"] == str(steps_python)
    assert await call(client, "pd.runStep", uri=uri) is None


async def test_a_selected_program_is_not_started_before_the_person_agrees(editor: StartEditor, tmp_path: Path) -> None:
    hostile = tmp_path / "bin" / "python"
    hostile.parent.mkdir()
    hostile.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    hostile.chmod(0o755)
    client = await editor(python=False, options=selecting(tmp_path, hostile), answer="Cancel")
    uri = opened(client, tmp_path)
    assert (await call(client, "pd.stepPython", uri=uri))["path"] == str(hostile)
    assert await call(client, "pd.runStep", uri=uri) is None
    assert not (tmp_path / "started").exists()


async def test_the_persons_setting_comes_first(
    editor: StartEditor, tmp_path: Path, environment: Path, steps_python: Path
) -> None:
    client = await editor(options=selecting(tmp_path, environment))
    uri = opened(client, tmp_path)
    told = await call(client, "pd.stepPython", uri=uri)
    assert (told["path"], told["why"]) == (str(steps_python), "settings")
    assert (await call(client, "pd.runStep", uri=uri))["returned"] == str(steps_python.parent.parent)


async def test_what_is_selected_counts_only_where_the_editor_trusts_the_folder(
    editor: StartEditor, tmp_path: Path, environment: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    client = await editor(other, python=False, options=selecting(tmp_path, environment))
    uri = opened(client, other)
    assert (await call(client, "pd.stepPython", uri=uri))["why"] in ("machine", "own")
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    assert await call(client, "pd.stepPython", uri=uri) is None
    assert "trust its folder" in client.shown[-1]


async def test_an_editor_that_can_not_ask_is_told_the_command_for_exactly_that_python(
    editor: StartEditor, tmp_path: Path, environment: Path
) -> None:
    client = await editor(python=False, options=selecting(tmp_path, environment), asks=False)
    uri = opened(client, tmp_path)
    assert await call(client, "pd.runStep", uri=uri) is None
    assert f"--python {environment}" in client.shown[-1]


async def test_a_python_that_is_gone_is_a_sentence(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(python=False, options=selecting(tmp_path, tmp_path / "gone"))
    uri = opened(client, tmp_path)
    assert await call(client, "pd.stepPython", uri=uri) is None
    assert client.shown == [
        f"There is no {tmp_path / 'gone'}: choose an interpreter that exists, or none to use pd-lsp's own."
    ]


async def test_without_a_choice_it_is_what_pd_lsp_finds_and_what_a_run_would_install(
    editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor(python=False)
    uri = opened(client, tmp_path, "import requests\n\n\ndef handler(pd):\n    pass\n")
    told = await call(client, "pd.stepPython", uri=uri)
    assert told["missing"] == ["requests"]
    assert Path(told["path"]).exists()
    assert told["version"].startswith("3.")


async def test_debug_information_is_versions_and_counts(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(sandbox=True)
    opened(client, tmp_path)
    listed = await call(client, "pd.refreshAccounts")
    told = await call(client, "pd.debugInformation")
    counts = {name: told[name] for name in ("sandbox", "signIn", "accounts", "complete", "documents", "trustedFolders")}
    assert counts == {
        "sandbox": True,
        "signIn": "connect",
        "accounts": listed["accounts"],
        "complete": True,
        "documents": 1,
        "trustedFolders": 1,
    }
    assert told["executable"] == sys.executable
    assert set(told) - set(counts) == {
        *("version", "python", "implementation", "executable", "system", "machine", "minutesOld")
    }
