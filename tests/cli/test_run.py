"""`pd-lsp run` and its neighbours as a person or a script calls them: real processes, real exit codes."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.configuration import configuration_file
from pd_lsp.sandbox import Sandbox
from tests.conftest import ROOT

RETURNS_EVENT = 'def handler(pd):\n    return pd.steps["trigger"]["event"]\n'


@pytest.fixture
def pd_lsp(steps_python: Path) -> Any:
    """Calls pd-lsp and gives back what came of it."""

    def call(*arguments: str | Path, python: bool = True) -> subprocess.CompletedProcess[str]:
        interpreter = ["--python", str(steps_python)] if python else []
        command = [sys.executable, "-m", "pd_lsp", *map(str, arguments), *interpreter]
        return subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=ROOT, check=False)

    return call


def test_nothing_in_the_current_folder_is_run_in_the_place_of_pd_lsp(tmp_path: Path) -> None:
    hostile = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    for name in ("json.py", "pd_lsp/__init__.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(hostile)
    command = [sys.executable, "-P" if sys.version_info >= (3, 11) else "-I", "-m", "pd_lsp", "accounts", "--sandbox"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert "apn_githubwork" in done.stdout, done.stderr
    assert not (tmp_path / "ran").exists()


def step(folder: Path, text: str) -> Path:
    file = folder / "step.py"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_step_runs_and_says_what_came_of_it(pd_lsp: Any, tmp_path: Path) -> None:
    text = 'def handler(pd):\n    print("hello")\n    pd.export("n", 1)\n    return {"a": [1, 2]}\n'
    done = pd_lsp("run", step(tmp_path, text), "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("hello\nThe step succeeded after ")
    assert done.stdout.endswith('n = 1\n$return_value = {"a": [1, 2]}\n')


def test_with_json_there_is_one_document_and_nothing_else(pd_lsp: Any, tmp_path: Path) -> None:
    file = step(tmp_path, 'def handler(pd):\n    print("hello")\n    return 1\n')
    done = pd_lsp("run", file, "--yes", "--json")
    document = json.loads(done.stdout)
    assert (document["step"], document["outcome"], document["returned"], document["stdout"]) == (
        *("step", "succeeded", 1),
        "hello\n",
    )
    assert done.stderr == ""


def test_a_step_that_raises_ends_with_one_and_its_own_lines(pd_lsp: Any, tmp_path: Path) -> None:
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    1 / 0\n"), "--yes")
    assert done.returncode == 1
    assert f'File "{tmp_path.resolve() / "step.py"}", line 2, in handler' in done.stderr
    assert "ZeroDivisionError" in done.stderr
    assert "pd_lsp" not in done.stderr


def test_a_run_of_the_sandbox_reads_a_live_account(pd_lsp: Any, tmp_path: Path) -> None:
    text = """\
import requests

def handler(pd):
    token = pd.inputs["gitlab"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return requests.get("https://gitlab.com/api/v4/user", headers=headers, timeout=10).status_code
"""
    accounts = json.loads(pd_lsp("accounts", "--sandbox", "--json", python=False).stdout)["accounts"]
    living = next(account["id"] for account in accounts if account["app"] == "gitlab" and not account["dead"])
    done = pd_lsp("run", step(tmp_path, text), "--sandbox", "--yes", "--json", "--account", f"gitlab={living}")
    assert json.loads(done.stdout)["returned"] == 200, done.stderr


MISTAKES = {
    "no terminal and no --yes": (["run", "STEP"], "add --yes"),
    "a step that is not there": (["run", "nowhere/entry.py", "--yes"], "There is no step nowhere/entry.py"),
    "an event that is not there": (["run", "STEP", "--yes", "--event", "nowhere.json"], "There is no nowhere.json"),
    "an interpreter that is not there": (["run", "STEP", "--yes", "--python", "/nowhere/python"], "/nowhere/python"),
    "nobody signed in": (["accounts"], "--sandbox"),
    "an app that nobody knows": (["template", "slak"], "No app is called 'slak'"),
    "an account that is no pair": (["run", "STEP", "--yes", "--account", "github"], "PROP=ID"),
    "an account for what is not read": (
        ["run", "STEP", "--yes", "--account", "x=apn_1"],
        "does not read pd.inputs['x']",
    ),
    "a time limit below zero": (["run", "STEP", "--yes", "--time-limit", "-1"], "number of seconds"),
    "a time limit that is no number": (["run", "STEP", "--yes", "--time-limit", "nan"], "number of seconds"),
    "a port that no machine has": (["sandbox", "--port", "99999"], "invalid choice"),
    "trust in nothing": (["trust", ""], "the name is empty"),
    "no folder to distrust": (["trust", "--remove"], "Name the folder"),
    "an event that is a folder": (["run", "STEP", "--yes", "--event", "/"], "name a file"),
}


@pytest.mark.parametrize(("arguments", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_the_call_ends_with_two_and_a_sentence(
    pd_lsp: Any, tmp_path: Path, arguments: list[str], says: str
) -> None:
    file = step(tmp_path, "def handler(pd):\n    return 1\n")
    done = pd_lsp(*[file if argument == "STEP" else argument for argument in arguments], python=False)
    assert done.returncode == 2, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_step_without_a_handler_is_a_mistake_of_the_call(pd_lsp: Any, tmp_path: Path) -> None:
    done = pd_lsp("run", step(tmp_path, ""), "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "has no handler" in done.stderr


def test_a_broken_workflow_is_a_sentence(pd_lsp: Any, tmp_path: Path) -> None:
    (tmp_path / "workflow.yaml").write_text("steps: [\n")
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    return 1\n"), "--yes")
    assert done.returncode == 2
    assert "workflow.yaml is broken YAML in line 2" in done.stderr


def test_two_accounts_of_an_app_make_the_person_choose(pd_lsp: Any, tmp_path: Path) -> None:
    done = pd_lsp("run", step(tmp_path, 'def handler(pd):\n    pd.inputs["github"]\n'), "--sandbox", "--yes")
    assert done.returncode == 2
    assert "2 connected accounts" in done.stderr
    assert "--account github=ID" in done.stderr


MISMATCHED = """\
steps:
- namespace: one
  uses: ./one/entry.py
  props:
    __configurableProps:
    - {app: github, name: gh, type: app}
    gh: {authProvisionId: apn_slackteam}
"""


def test_a_workflow_can_not_pass_the_account_of_another_app_to_a_step(pd_lsp: Any, tmp_path: Path) -> None:
    (tmp_path / "workflow.yaml").write_text(MISMATCHED)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "entry.py").write_text('def handler(pd):\n    print(pd.inputs["gh"])\n')
    done = pd_lsp("run", tmp_path / "one", "--sandbox", "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "apn_slackteam is an account of Slack (legacy), but the step reads it as github: choose one" in done.stderr


def test_the_person_can_not_either(pd_lsp: Any, tmp_path: Path) -> None:
    file = step(tmp_path, 'def handler(pd):\n    print(pd.inputs["github"])\n')
    done = pd_lsp("run", file, "--sandbox", "--yes", "--account", "github=apn_slackteam")
    assert (done.returncode, done.stdout) == (2, "")


def test_a_dotenv_file_can_not_send_a_step_past_the_sandbox(pd_lsp: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("no_proxy=slack.com\nHTTPS_PROXY=http://127.0.0.1:9\nMINE=1\n")
    text = "import os\ndef handler(pd):\n    return [os.environ.get(n) for n in ('MINE', 'no_proxy', 'HTTPS_PROXY')]\n"
    done = pd_lsp("run", step(tmp_path, text), "--sandbox", "--yes", "--json")
    mine, no_proxy, proxy = json.loads(done.stdout)["returned"]
    assert (mine, no_proxy) == ("1", "")
    assert proxy.startswith("http://127.0.0.1:")
    assert not proxy.endswith(":9")


def test_the_variables_of_a_run_are_named(pd_lsp: Any, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MINE=1\nPIPEDREAM_X=2\n")
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    return 1\n"), "--yes")
    assert f"Variables from {tmp_path.resolve() / '.env'}." in done.stderr
    assert "does not get these variables, whose names are reserved: PIPEDREAM_X." in done.stderr


def test_a_dotenv_file_above_a_workflow_that_does_not_list_the_step_is_not_read(pd_lsp: Any, tmp_path: Path) -> None:
    (tmp_path / "flow" / "deep").mkdir(parents=True)
    (tmp_path / ".env").write_text("THEIRS=1\n")
    (tmp_path / "flow" / "workflow.yaml").write_text("steps: []\n")
    text = "import os\ndef handler(pd):\n    return os.environ.get('THEIRS')\n"
    done = pd_lsp("run", step(tmp_path / "flow" / "deep", text), "--yes", "--json")
    assert json.loads(done.stdout)["returned"] is None


def test_text_that_deceives_is_shown(pd_lsp: Any, tmp_path: Path) -> None:
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    return 1  # \u202e\n"), "--yes")
    assert "Line 2 is not what it seems" in done.stderr


def test_output_that_the_stream_can_not_encode_is_escaped(
    pd_lsp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    print('é😀')\n    return 'é'\n"), "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("\\xe9\\U0001f600\n")


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", ">/dev/full"])
def test_streams_that_are_closed_or_full_cost_no_traceback(tmp_path: Path, closed: str) -> None:
    file = step(tmp_path, "def handler(pd):\n    print('hello')\n")
    command = f"{sys.executable} -m pd_lsp run {file} --yes {closed}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, cwd=ROOT, check=False)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b'{"name": "\xff"}', "What came on standard input is not UTF-8 text"),
        (b"[" + b"1," * 3_000_000 + b"1]", "What came on standard input is larger than 6000 kB"),
        (b"", "What came on standard input is not JSON"),
    ],
)
def test_an_odd_event_on_standard_input_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: bytes, said: str
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8:strict")
    command = [sys.executable, "-m", "pd_lsp", "run", str(step(tmp_path, RETURNS_EVENT)), "--yes", "--event", "-"]
    done = subprocess.run(command, input=given, capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith(f"pd-lsp: {said}")


def test_an_event_on_standard_input_is_utf_8_whatever_the_terminal_speaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    command = [sys.executable, "-m", "pd_lsp", "run", str(step(tmp_path, RETURNS_EVENT)), "--yes", "--event", "-"]
    given = '\ufeff{"name": "Zo\xeb"}'.encode()
    done = subprocess.run([*command, "--json"], input=given, capture_output=True, cwd=ROOT, check=False)
    assert json.loads(done.stdout)["returned"] == {"name": "Zo\xeb"}


def test_ctrl_c_ends_a_run_with_a_result(tmp_path: Path) -> None:
    file = step(tmp_path, "import time\ndef handler(pd):\n    print('on', flush=True)\n    time.sleep(600)\n")
    command = [sys.executable, "-m", "pd_lsp", "run", str(file), "--yes"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdout
        assert running.stdout.readline() == "on\n"
        running.send_signal(signal.SIGINT)
        _, said = running.communicate(timeout=20)
    assert running.returncode == 1
    assert "The step cancelled after" in said


def test_what_a_step_asked_of_its_workflow_is_shown(pd_lsp: Any, tmp_path: Path) -> None:
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    return pd.flow.exit('bye')\n"), "--yes")
    assert 'pd.flow.exit {"reason": "bye"}' in done.stdout


def test_a_sentence_about_a_run_is_shown_once(pd_lsp: Any, tmp_path: Path) -> None:
    text = "def handler(pd):\n    return 1\ndef handler(pd):\n    return 2\n"
    done = pd_lsp("run", step(tmp_path, text), "--yes")
    assert (done.stdout + done.stderr).count("The step has 2 handlers") == 1


def test_a_program_that_is_no_python_is_a_mistake_of_the_set_up(pd_lsp: Any, tmp_path: Path) -> None:
    file = step(tmp_path, "def handler(pd):\n    return 1\n")
    done = pd_lsp("run", file, "--yes", "--python", "/bin/true", python=False)
    assert done.returncode == 2
    assert "choose a Python interpreter" in done.stderr


def test_a_node_step_is_said_to_be_one(pd_lsp: Any) -> None:
    done = pd_lsp("run", "examples/team-tools/new-sign-up-p_V9Ch2Lk/score", "--yes")
    assert (done.returncode, done.stdout) == (2, "")
    assert "score is no Python step" in done.stderr


def test_the_persons_own_key_is_blanked_too(pd_lsp: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "PIPEDREAM_CLIENT_ID": "id",
        "PIPEDREAM_CLIENT_SECRET": "made-up-client-secret-123",
        "PIPEDREAM_PROJECT_ID": "proj_1",
        "PD_LSP_EXTERNAL_USER_ID": "me",
    }.items():
        monkeypatch.setenv(name, value)
    done = pd_lsp("run", step(tmp_path, "def handler(pd):\n    print('made-up-client-secret-123')\n"), "--yes")
    assert done.stdout.startswith("‹pipedream.client_secret›\n")


@pytest.fixture
def production(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    """A person who signed in to the environment production of a project."""
    with Sandbox() as sandbox:
        configuration = configuration_file()
        configuration.parent.mkdir(parents=True, mode=0o700)
        project = {
            "project_id": sandbox.project_id,
            "external_user_id": sandbox.external_user_id,
            "environment": "production",
            "url": sandbox.url,
            "client_id": sandbox.client_id,
        }
        configuration.write_text(json.dumps({"projects": [project]}))
        monkeypatch.setenv("PIPEDREAM_CLIENT_ID", sandbox.client_id)
        monkeypatch.setenv("PIPEDREAM_CLIENT_SECRET", sandbox.client_secret)
        yield sandbox


def test_a_production_account_needs_a_word_more(pd_lsp: Any, tmp_path: Path, production: Sandbox) -> None:
    file = step(tmp_path, 'def handler(pd):\n    return list(pd.inputs["openai"]["$auth"])\n')
    refused = pd_lsp("run", file, "--yes")
    assert refused.returncode == 2
    assert "pd-lsp accounts production apn_openaiprod" in refused.stderr
    assert not [seen for seen in production.requests if "include_credentials" in seen.target]
    assert pd_lsp("run", file, "--yes", "--production").returncode == 0
    assert pd_lsp("accounts", "production", "apn_openaiprod", python=False).returncode == 0
    assert pd_lsp("run", file, "--yes").returncode == 0
    assert pd_lsp("accounts", "production", "apn_openaiprod", "--forget", python=False).returncode == 0
    assert pd_lsp("run", file, "--yes").returncode == 2


def test_a_template_is_a_step_that_can_be_saved(pd_lsp: Any, tmp_path: Path) -> None:
    done = pd_lsp("template", "openai", python=False)
    assert done.returncode == 0
    compile(done.stdout, "template", "exec")
    assert 'pd.inputs["openai"]["$auth"]["api_key"]' in done.stdout
    assert tmp_path.exists()


def test_trust_is_given_listed_and_taken_back(pd_lsp: Any, tmp_path: Path) -> None:
    assert pd_lsp("trust", tmp_path, python=False).returncode == 0
    assert pd_lsp("trust", python=False).stdout == f"{tmp_path.resolve()}\n"
    assert pd_lsp("trust", tmp_path, "--remove", python=False).returncode == 0
    assert pd_lsp("trust", python=False).stdout == ""


@pytest.mark.parametrize("folder", ["/", "~"])
def test_trusting_everything_is_refused(pd_lsp: Any, folder: str) -> None:
    done = pd_lsp("trust", Path(folder).expanduser(), python=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


async def test_an_allowed_step_runs_from_an_editor_that_can_not_ask(
    pd_lsp: Any, tmp_path: Path, steps_python: Path
) -> None:
    from lsprotocol import types as lsp  # noqa: PLC0415 - for this one test

    file = step(tmp_path, "def handler(pd):\n    return 1\n")
    assert pd_lsp("allow", file).returncode == 0
    client = EditorClient()
    await client.start([sys.executable, "-m", "pd_lsp", "serve", "--python", steps_python])
    await client.join(tmp_path, asks=False)
    client.open(file.as_uri(), file.read_text())
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": file.as_uri()}])
    result = await client.workspace_execute_command_async(command)
    await client.leave()
    assert result["outcome"] == "succeeded"
