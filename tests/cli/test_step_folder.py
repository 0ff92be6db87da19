"""Modules beside a step: not importable, as on the platform, until the person allows it (D12)."""

import json
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.configuration import change_configuration
from tests.cli.person import Person

STEP = """\
import json

try:
    import money
except ImportError:
    money = None


def handler(pd):
    return [money and money.CENTS, json.loads("1")]
"""


@pytest.fixture
def step(without_keyring: Person) -> Path:
    folder = without_keyring.folder / "flow"
    folder.mkdir()
    (folder / "money.py").write_text("CENTS = 100\n")
    (folder / "json.py").write_text("loads = lambda text: 'of the folder'\n")
    file = folder / "step.py"
    file.write_text(STEP)
    return file


def test_the_switch_lets_a_step_import_what_lies_beside_it_and_shadows_nothing(
    without_keyring: Person, step: Path, steps_python: Path
) -> None:
    for python in (("--python", steps_python), ()):  # without one, no package is looked for under that name either
        done = without_keyring.types("run", step, "--yes", "--json", "--step-folder-on-path", *python)
        assert done.document["returned"] == [100, 1], done.err


def test_so_does_the_persons_configuration_and_nothing_in_the_folder(
    without_keyring: Person, step: Path, steps_python: Path
) -> None:
    for name in ("pd-lsp.json", "config.json"):
        (step.parent / name).write_text('{"step_folder_on_path": true}')
    command = ("run", step, "--yes", "--json", "--python", steps_python)
    assert without_keyring.types(*command).document["returned"] == [None, 1]
    change_configuration(lambda document: document.update(step_folder_on_path=True))
    assert without_keyring.types(*command).document["returned"] == [100, 1]


async def test_an_editor_that_can_not_ask_is_told_the_command_with_the_switch(
    without_keyring: Person, step: Path, steps_python: Path
) -> None:
    options = ["--python", str(steps_python), "--step-folder-on-path"]
    client = EditorClient()
    await client.start([*without_keyring.program, "serve", *options], environment=without_keyring.environment)
    await client.join(step.parent, asks=False)
    client.open(step.as_uri(), STEP)
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": step.as_uri()}])
    assert await client.workspace_execute_command_async(command) is None
    assert f"pd-lsp allow {step} {' '.join(options)}" in client.shown[0]
    allowed = without_keyring.types("allow", step, *options)
    assert "It may import the modules that lie beside it" in allowed.out
    result = await client.workspace_execute_command_async(command)
    await client.leave()
    assert result["returned"] == [100, 1], json.dumps(result)
