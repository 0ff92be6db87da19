"""D2, D3, D12, D14, D16, D17: a step shows its account in every way it can, and every place text can go is searched."""

import json
import shlex
import sys
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.configuration import allow_variables
from tests.conftest import ROOT

# The step is the one legitimate place for its values: it writes them down, so that the test knows what to search for.
STEP = """\
import base64
import json
import os
import sys
import urllib.parse


def handler(pd):
    auth = pd.inputs["slack"]["$auth"]
    token = auth["oauth_access_token"]
    with open({seen!r}, "w") as file:
        env = [os.environ["MADE_UP_PASSWORD"], os.environ["MADE_UP_TOKEN"]]
        json.dump({{"auth": auth, "env": env}}, file)
    print(auth)
    print(json.dumps(auth), json.dumps(json.dumps(auth)), repr(auth))
    print(base64.b64encode(token.encode()).decode(), token.encode().hex(), urllib.parse.quote(token, safe=""))
    for character in token:
        sys.stdout.write(character)
        sys.stdout.flush()
    print(*env, file=sys.stderr)
    os.write(1, token.encode())
    pd.export(token, {{token: [token]}})
    pd.respond({{"status": 200, "body": token}})
    {ending}
"""
ENDINGS = {"returned": "return auth", "raised": "raise ValueError('refused: ' + token) from KeyError(token)"}


@pytest.fixture(autouse=True)
def _variable_of_the_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MADE_UP_TOKEN", "made-up-token-of-the-shell")
    allow_variables(tmp_path.resolve(), ["MADE_UP_TOKEN"])


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
async def test_no_value_of_a_run_reaches_the_editor_a_log_or_a_file(
    tmp_path: Path, steps_python: Path, own_folders: Path, ending: str
) -> None:
    project, sent, complained = tmp_path / "project", tmp_path / "sent", tmp_path / "complained"
    project.mkdir()
    (project / ".env").write_text("MADE_UP_PASSWORD='p%20ss \"w0rd\\tö'\n")
    seen = tmp_path / "seen.json"
    text = STEP.format(seen=str(seen), ending=ending)
    file = project / "step.py"
    file.write_text(text)
    serve = [
        sys.executable,
        "-m",
        "pd_lsp",
        "serve",
        "--sandbox",
        "--log-level",
        "debug",
        "--python",
        str(steps_python),
    ]
    client = EditorClient(answer=lambda _question, titles: titles[1])
    await client.start(["bash", "-c", f"{shlex.join(serve)} 2> {complained} | tee {sent}"])
    await client.join(project)
    client.open(file.as_uri(), text)
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": file.as_uri()}])
    result = await client.workspace_execute_command_async(command)
    assert result
    await client.leave()
    values = json.loads(seen.read_text())
    secrets = [*values["auth"].values(), *values["env"]]
    assert len(secrets) == 6
    assert all(json.dumps(f"‹slack.{name}›")[1:-1] in sent.read_text() for name in values["auth"])
    places = [sent, complained, *(place for place in own_folders.rglob("*") if place.is_file()), file]
    for place in places:
        content = place.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content, place.name
            assert json.dumps(secret)[1:-1].encode() not in content, place.name
    assert complained.read_text() == ""


def test_a_run_on_the_command_line_shows_no_value_either(tmp_path: Path, steps_python: Path) -> None:
    import subprocess  # noqa: PLC0415 - for this one test

    seen = tmp_path / "seen.json"
    (tmp_path / ".env").write_text("MADE_UP_PASSWORD=correct-horse-battery\n")
    file = tmp_path / "step.py"
    file.write_text(STEP.format(seen=str(seen), ending=ENDINGS["raised"]))
    for mode in ([], ["--json"]):
        command = [
            sys.executable,
            "-m",
            "pd_lsp",
            "run",
            str(file),
            "--sandbox",
            "--yes",
            "--python",
            str(steps_python),
        ]
        done = subprocess.run([*command, *mode], capture_output=True, cwd=ROOT, check=False)
        assert done.returncode == 1
        values = json.loads(seen.read_text())
        for secret in [*values["auth"].values(), *values["env"]]:
            assert secret.encode() not in done.stdout + done.stderr
