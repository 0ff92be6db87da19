"""The demo is a real client and a real server on real files; what it shows, it was just answered."""

import subprocess
import sys
from pathlib import Path

import pytest

from pd_lsp.cli.demo_tour import Place, Script, Tour
from pd_lsp.cli.errors import CommandError
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples"
SCRIPT = Script(
    places=(Place("append_row", '["oauth_access_token"]}', '["oa▏"]}'),),
    insert_into=Place("parse_body", "  # Return data for use in future steps\n", "  ▏\n"),
    insert="Insert OpenAI",
    run="parse_body",
)


def test_the_demo_shows_the_three_jobs_and_how_to_go_on(steps_python: Path) -> None:
    command = [sys.executable, "-m", "pd_lsp", "demo", "--python", steps_python]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    shown = done.stdout
    assert shown.count("▏") == 3
    assert "      oauth_access_token " in shown
    assert '+  api_key = pd.inputs["openai"]["$auth"]["api_key"]' in shown
    assert "stdout Telling #general about Ada Lovelace" in shown
    assert '"channel": "C0GENERAL"' in shown
    assert "VS Code" in shown
    assert "Neovim" in shown


async def test_without_the_sandbox_there_is_nothing_to_show(steps_python: Path) -> None:
    written: list[str] = []
    with pytest.raises(CommandError, match="The sandbox gave no accounts"):
        await Tour(EXAMPLES, SCRIPT, ["serve", "--python", str(steps_python)], written.append).show()
    assert written == []


async def test_a_server_that_does_not_start_is_a_sentence_with_what_it_said() -> None:
    with pytest.raises(CommandError, match="The server ended before it answered"):
        await Tour(EXAMPLES, SCRIPT, ["serve", "--no-such-option"], lambda _: None).show()


async def test_an_example_that_was_changed_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="has no step append_row"):
        await Tour(tmp_path, SCRIPT, ["serve", "--sandbox"], lambda _: None).show()


def test_a_reader_that_has_enough_costs_no_traceback() -> None:
    reader = f"{sys.executable} -m pd_lsp template slack_v2 | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", reader], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
