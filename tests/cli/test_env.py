"""What a step finds in its environment: a list, the `.env`, and what the person allowed by name (D7, D12)."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.configuration import configuration_file, read_configuration
from tests.cli.person import Done, Person

TOKENS = {
    "GITHUB_TOKEN": "ghp_made-up-token-of-the-shell",
    "AWS_ACCESS_KEY_ID": "AKIAMADEUPKEY",
    "AWS_SECRET_ACCESS_KEY": "made/up+secret/of/a/cloud",
    "NPM_TOKEN": "npm_made-up-token-of-a-registry",
    "SSH_AUTH_SOCK": "/run/made-up-agent.sock",
    "VSCODE_IPC_HOOK_CLI": "/run/made-up-editor.sock",
    "VSCODE_GIT_ASKPASS_NODE": "/opt/made-up-editor/node",
    "PIPEDREAM_CLIENT_SECRET": "made-up-client-secret-of-the-person",
    "PYTHONSTARTUP": "/home/made-up/startup.py",
}
ORDINARY = {
    "PATH": "/usr/local/bin:/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "LC_TIME": "C.UTF-8",
    "TZ": "UTC",
    "TMPDIR": "/tmp",  # noqa: S108 - as it is in most shells
    "http_proxy": "http://127.0.0.1:9",
    "NO_PROXY": "localhost",
    "SSL_CERT_FILE": "/etc/ssl/made-up.pem",
}
ALL = "import os\n\n\ndef handler(pd):\n    return dict(os.environ)\n"
PRINTS = "import os\n\n\ndef handler(pd):\n    print(os.environ['NPM_TOKEN'], os.environ.get('FLAG'))\n"


class Shell(Person):
    """A person whose whole environment is known."""

    @property
    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if name.startswith("XDG_")}
        root = str(Path(__file__).parent.parent.parent)
        return {**own, **ORDINARY, **TOKENS, "HOME": str(self.home), "PYTHONPATH": root, **self.variables}


@pytest.fixture
def shell(tmp_path: Path, own_folders: Path) -> Shell:
    folder = tmp_path.resolve() / "flows"
    folder.mkdir()
    return Shell(own_folders, folder)


def step(shell: Person, text: str = ALL) -> Path:
    file = shell.folder / "step.py"
    file.write_text(text)
    return file


def runs(shell: Person, text: str, *arguments: str) -> Done:
    return shell.types("run", step(shell, text), "--yes", *arguments)


def seen(done: Done) -> Any:
    assert done.code == 0, done.err
    return done.document["returned"]


def test_a_step_finds_the_ordinary_variables_and_no_other(shell: Shell) -> None:
    assert seen(runs(shell, ALL, "--json")) == {**ORDINARY, "HOME": str(shell.home)}


def test_a_step_finds_what_dotenv_sets_and_what_is_allowed_beside_them(shell: Shell) -> None:
    (shell.folder / ".env").write_text("PLAN=gold-from-the-file\nNPM_TOKEN=from-the-file\nPIPEDREAM_X=1\n")
    assert shell.types("env", "NPM_TOKEN").code == 0
    found = seen(runs(shell, ALL, "--json", "--env", "AWS_ACCESS_KEY_ID"))
    assert found == {
        **ORDINARY,
        "HOME": str(shell.home),
        "PLAN": "‹.env.PLAN›",
        "NPM_TOKEN": "‹environment.NPM_TOKEN›",
        "AWS_ACCESS_KEY_ID": "‹environment.AWS_ACCESS_KEY_ID›",
    }


def test_the_step_itself_gets_the_value_and_nobody_else_sees_it(shell: Shell) -> None:
    text = f"{PRINTS}    return len(os.environ['NPM_TOKEN'])\n"
    done = runs(shell, text, "--json", "--env", "NPM_TOKEN")
    assert seen(done) == len(TOKENS["NPM_TOKEN"])
    assert done.document["stdout"] == "‹environment.NPM_TOKEN› None\n"
    assert TOKENS["NPM_TOKEN"] not in done.all


def test_the_password_of_a_proxy_is_blanked_as_it_stands_and_decoded(shell: Shell) -> None:
    text = (
        "import os, urllib.parse\n\n\ndef handler(pd):\n    address = os.environ['HTTPS_PROXY']\n"
        "    return [address, urllib.parse.unquote(address), len(address)]\n"
    )
    address = "http://me:pr0xy-p%40ss%2fw0rd@127.0.0.1:9"
    as_it_stands, decoded, length = seen(runs(shell.with_variables(HTTPS_PROXY=address), text, "--json"))
    assert as_it_stands == "http://me:‹environment.HTTPS_PROXY›@127.0.0.1:9"
    assert decoded == "http://me:‹environment.HTTPS_PROXY.decoded›@127.0.0.1:9"
    assert length == len(address)


def test_a_common_word_is_left_as_it_is(shell: Shell) -> None:
    done = runs(shell.with_variables(FLAG="true"), PRINTS, "--env", "NPM_TOKEN", "--env", "FLAG")
    assert done.out.startswith("‹environment.NPM_TOKEN› true\n")
    assert "Variables of your own environment: NPM_TOKEN, FLAG." in done.err


def test_what_is_allowed_is_kept_by_name_for_a_folder_and_what_lies_in_it(shell: Shell) -> None:
    inner, beside = shell.folder / "inner", shell.folder.parent / "beside"
    for folder in (inner, beside):
        folder.mkdir()
        (folder / "step.py").write_text(ALL)
    said = shell.types("env", "NPM_TOKEN", "LATER")
    assert f"Steps in {shell.folder} get NPM_TOKEN, LATER" in said.out
    assert "Not set in this shell: LATER." in said.out
    assert json.loads(configuration_file().read_text()) == {
        "allowed_variables": {str(shell.folder): ["NPM_TOKEN", "LATER"]}
    }
    assert TOKENS["NPM_TOKEN"].encode() not in configuration_file().read_bytes()
    assert stat.S_IMODE(configuration_file().stat().st_mode) == 0o600
    assert "NPM_TOKEN" in seen(shell.types("run", inner / "step.py", "--yes", "--json"))
    assert "NPM_TOKEN" not in seen(shell.types("run", beside / "step.py", "--yes", "--json"))


def test_the_list_is_shown_and_taken_back(shell: Shell) -> None:
    inner = shell.folder / "inner"
    inner.mkdir()
    assert "get no variable of your own environment" in shell.types("env").out
    shell.types("env", "NPM_TOKEN", "LATER")
    shell.types("env", "LATER", "GITHUB_TOKEN", "--folder", inner)
    assert shell.types("env", "--folder", inner).out.splitlines() == [
        f"GITHUB_TOKEN  set      {inner}",
        f"LATER         not set  {shell.folder}",
        f"LATER         not set  {inner}",
        f"NPM_TOKEN     set      {shell.folder}",
    ]
    refused = shell.types("env", "--remove", "NPM_TOKEN", "--folder", inner)
    assert (refused.code, refused.out) == (2, "")
    assert f"--folder {shell.folder} is where it is" in refused.err
    assert shell.types("env", "--remove", "NPM_TOKEN", "LATER").code == 0
    assert shell.types("env", "--remove", "NPM_TOKEN").code == 2
    assert read_configuration().allowed_variables == {str(inner): ("LATER", "GITHUB_TOKEN")}


def test_a_variable_that_is_not_set_costs_a_sentence_and_not_the_run(shell: Shell) -> None:
    shell.types("env", "LATER")
    done = runs(shell, ALL, "--json")
    assert seen(done) == {**ORDINARY, "HOME": str(shell.home)}
    assert runs(shell, ALL).err.startswith("LATER is not set where pd-lsp was started, so this run goes without it: ")


def test_a_value_that_is_no_text_is_given_to_nobody(shell: Shell) -> None:
    done = runs(shell.with_variables(NPM_TOKEN=os.fsdecode(b"\xff\xfe-made-up-bytes")), PRINTS, "--env", "NPM_TOKEN")
    assert (done.code, done.out) == (2, "")
    assert "NPM_TOKEN is no text in UTF-8, so no step gets it" in done.err


def test_a_variable_that_the_platform_could_not_hold_is_said_to_be_one(shell: Shell) -> None:
    (shell.folder / ".env").write_text(f"WIDE={'y0' * 33_000}\nFITS={'z1' * 32_768}\n")
    done = runs(shell, "def handler(pd):\n    return 1\n")
    assert "more than 64 KB, which none has on the platform: WIDE." in done.err


REFUSED = {
    "a name with its value": ("NPM_TOKEN=npm_secret-thing", "by its name alone"),
    "a value in place of a name": ("$(cat token)", "is no name of an environment variable"),
    "the value of a variable that looks like a name": ("MADE_UP_WORD_OF_THE_SHELL", "no $ before it"),
    "a variable of the platform": ("PIPEDREAM_CLIENT_SECRET", "No step gets PIPEDREAM_CLIENT_SECRET"),
    "the same in small letters": ("pipedream_client_secret", "No step gets pipedream_client_secret"),
    "what steers Python": ("PYTHONPATH", "No step gets PYTHONPATH"),
    "what steers the loader": ("LD_PRELOAD", "No step gets LD_PRELOAD"),
    "the same on a Mac": ("DYLD_INSERT_LIBRARIES", "No step gets DYLD_INSERT_LIBRARIES"),
    "what every step has": ("HTTPS_PROXY", "Every step gets HTTPS_PROXY as it is: leave it out."),
    "nothing": ("", "is no name"),
}


@pytest.mark.parametrize(("name", "says"), REFUSED.values(), ids=REFUSED)
def test_a_name_that_no_step_can_have_is_refused_with_a_sentence(shell: Shell, name: str, says: str) -> None:
    shell = Shell(shell.home, shell.folder, variables={"SECRET_WORD": "MADE_UP_WORD_OF_THE_SHELL"})
    for done in (shell.types("env", name), runs(shell, ALL, f"--env={name}")):
        assert (done.code, done.out) == (2, "")
        assert says in done.err
        assert not any(value in done.err for value in ("npm_secret-thing", "cat token", "MADE_UP_WORD"))
    assert not configuration_file().exists()


def test_a_folder_can_allow_nothing(shell: Shell) -> None:
    for name in ("pd-lsp.json", "workflow.yaml", ".env", "config.json"):
        (shell.folder / name).write_text('{"allowed_variables": {"/": ["NPM_TOKEN"]}, "env": ["NPM_TOKEN"]}\n')
    (shell.folder / ".env").write_text("NPM_TOKEN\nallowed_variables=NPM_TOKEN\n")
    (shell.folder / "workflow.yaml").unlink()
    assert "NPM_TOKEN" not in seen(runs(shell, ALL, "--json"))
