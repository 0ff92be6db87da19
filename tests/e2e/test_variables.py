"""Variables of the environment that the editor was started with: asked about, handed over, blanked, completed."""

from pathlib import Path

import pytest

from pd_lsp.configuration import allow_variables
from tests.e2e.conftest import StartEditor
from tests.e2e.test_consent import Person, again
from tests.e2e.test_editing import complete_at, open_marked
from tests.e2e.test_running import run, step

VALUE = "npm_made-up-0123456789"
PRINTS = """\
import os

def handler(pd):
    print(os.environ.get("NPM_TOKEN"))
    return {"long": len(os.environ.get("NPM_TOKEN", "")), "agent": os.environ.get("SSH_AUTH_SOCK")}
"""


@pytest.fixture(autouse=True)
def _tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_TOKEN", VALUE)
    monkeypatch.setenv("SSH_AUTH_SOCK", "/run/made-up.sock")


async def test_a_step_gets_what_is_allowed_and_nobody_sees_it(editor: StartEditor, tmp_path: Path) -> None:
    allow_variables(tmp_path.resolve(), ["NPM_TOKEN"])
    asked: list[str] = []
    client = await editor(answer=lambda question: asked.append(question) or "Run once")
    result = await run(client, step(tmp_path, PRINTS), PRINTS)
    assert result["returned"] == {"long": len(VALUE), "agent": None}
    assert ("stdout", "‹environment.NPM_TOKEN›\n") in client.output
    assert "Variables of your own environment: NPM_TOKEN." in asked[0]
    assert VALUE not in str((asked, result, client.output, client.logged, client.shown))


async def test_always_falls_when_a_variable_is_allowed_meanwhile(editor: StartEditor, tmp_path: Path) -> None:
    person = Person()
    client, uri = await editor(answer=person), step(tmp_path, PRINTS)
    assert (await run(client, uri, PRINTS))["returned"]["long"] == 0
    allow_variables(tmp_path.resolve(), ["NPM_TOKEN"])
    assert await again(client, uri) is None
    assert "Variables of your own environment: NPM_TOKEN." in person.asked[1]


async def test_a_variable_that_the_editor_was_started_without_is_said_to_be_missing(
    editor: StartEditor, tmp_path: Path
) -> None:
    allow_variables(tmp_path.resolve(), ["LATER"])
    client = await editor()
    result = await run(client, step(tmp_path, PRINTS), PRINTS)
    assert result["ok"]
    assert next(text for stream, text in client.output if stream == "notice").startswith("LATER is not set where ")


async def test_a_name_that_no_step_can_have_is_a_sentence(editor: StartEditor, tmp_path: Path) -> None:
    allow_variables(tmp_path.resolve(), ["LD_PRELOAD"])
    client = await editor()
    assert await run(client, step(tmp_path, PRINTS), PRINTS) is None
    assert client.shown[0].startswith("No step gets LD_PRELOAD")


async def test_allowed_names_are_completed_as_soon_as_they_are_allowed(editor: StartEditor, tmp_path: Path) -> None:
    text = 'import os\ndef handler(pd):\n    os.environ["$0"]\n'
    uri = step(tmp_path, text)
    client = await editor()
    position = open_marked(client, uri, text)
    assert [item.label for item in (await complete_at(client, uri, position)).items] == []
    allow_variables(tmp_path.resolve(), ["NPM_TOKEN"])
    found = await complete_at(client, uri, position)
    assert [(item.label, item.detail) for item in found.items] == [
        ("NPM_TOKEN", "of your own environment, allowed here by name")
    ]
    assert VALUE not in str(found)
