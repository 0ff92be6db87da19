"""What the person configured: read with care, changed without loss, and by nobody's workspace."""

import errno
import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.configuration import (
    Configuration,
    ConfiguredProject,
    LocalAccount,
    ValueSource,
    change_configuration,
    choose_account,
    configuration_file,
    configuration_from,
    read_configuration,
)
from pd_lsp.private_files import PrivateFileError
from pd_lsp.settings import API, ConnectProject
from tests.conftest import ROOT

PROJECT = {"project_id": "proj_1", "external_user_id": "me", "client_id": "client"}
LOCAL = {"app": "acme", "label": "Team", "values": {"api_key": {"environment": "ACME_KEY"}}}
WHOLE = {
    "projects": [
        {
            **PROJECT,
            "environment": "production",
            "url": "https://elsewhere.example",
            "folder": "/home/me/flows",
            "secret_command": ["pass", "show", "pipedream"],
        },
        PROJECT,
    ],
    "api_key": {"command": ["op", "read", "op://a/b"]},
    "local_accounts": [
        LOCAL,
        {
            "app": "openai",
            "values": {"api_key": {"keyring": "local:openai:default:api_key"}, "x": {"command": ["pass", "x"]}},
        },
    ],
    "production_accounts": ["apn_1", "apn_2"],
    "chosen_accounts": {"/home/me/flows": {"github": "apn_3"}},
    "something_newer": {"a": 1},
}


def write(text: str) -> Path:
    file = configuration_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def document() -> Any:
    return json.loads(configuration_file().read_text())


def test_it_stands_where_xdg_says(own_folders: Path) -> None:
    assert configuration_file() == own_folders / "config" / "pd-lsp" / "config.json"


def test_without_a_file_nothing_is_configured() -> None:
    assert read_configuration() == Configuration()


def test_everything_is_read() -> None:
    write(json.dumps(WHOLE))
    assert read_configuration() == Configuration(
        projects=(
            ConfiguredProject(
                ConnectProject("proj_1", "me", "production", "https://elsewhere.example"),
                "client",
                "/home/me/flows",
                ("pass", "show", "pipedream"),
            ),
            ConfiguredProject(ConnectProject("proj_1", "me", "development", API), "client"),
        ),
        api_key=True,
        api_key_command=("op", "read", "op://a/b"),
        local_accounts=(
            LocalAccount("acme", "Team", {"api_key": ValueSource(environment="ACME_KEY")}),
            LocalAccount(
                "openai",
                "default",
                {
                    "api_key": ValueSource(keyring="local:openai:default:api_key"),
                    "x": ValueSource(command=("pass", "x")),
                },
            ),
        ),
        production_accounts=frozenset({"apn_1", "apn_2"}),
        chosen_accounts={"/home/me/flows": {"github": "apn_3"}},
    )


def test_the_example_of_the_documentation_is_read() -> None:
    page = (ROOT / "docs" / "accounts.md").read_text()
    example = next(text for text in re.findall(r"```json\n(.*?)```", page, re.DOTALL) if '"projects"' in text)
    found = configuration_from(json.loads(example))
    assert found.problems == ()
    assert all((found.projects, found.api_key, found.local_accounts, found.production_accounts, found.chosen_accounts))


def test_an_api_key_in_the_keyring_needs_no_command() -> None:
    configured = configuration_from({"api_key": {}})
    assert (configured.api_key, configured.api_key_command, configured.problems) == (True, (), ())


@pytest.mark.parametrize(
    ("part", "value", "named"),
    [
        ("projects", {}, "projects"),
        ("projects", "proj_1", "projects"),
        ("projects", [None], "Entry 1 of projects"),
        ("projects", [PROJECT, {**PROJECT, "project_id": ""}], "Entry 2 of projects"),
        ("projects", [{**PROJECT, "project_id": 7}], "Entry 1 of projects"),
        ("projects", [{**PROJECT, "external_user_id": None}], "Entry 1 of projects"),
        ("projects", [{**PROJECT, "folder": "relative"}], "Entry 1 of projects"),
        ("projects", [{**PROJECT, "folder": "~/work"}], "Entry 1 of projects"),
        ("projects", [{**PROJECT, "secret_command": "pass show x"}], "Entry 1 of projects"),
        ("projects", [{**PROJECT, "secret_command": ["pass", 7]}], "Entry 1 of projects"),
        ("projects", [{"project_id": "proj_1"}], "Entry 1 of projects"),
        ("api_key", None, "api_key"),
        ("api_key", "made-up-key", "api_key"),
        ("api_key", {"command": "pass show x"}, "api_key"),
        ("api_key", {"command": [None]}, "api_key"),
        ("local_accounts", {"acme": {}}, "local_accounts"),
        ("local_accounts", [LOCAL, 7], "Entry 2 of local_accounts"),
        ("local_accounts", [{**LOCAL, "app": "../acme"}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "app": "acme app"}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "app": 7}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "label": ""}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "values": {}}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "values": {"k": {}}}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "values": {"k": "made-up-value"}}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "values": {"": {"environment": "X"}}}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "values": {"k": {"value": "made-up-value"}}}], "Entry 1 of local_accounts"),
        ("local_accounts", [{**LOCAL, "values": {"k": {"command": "pass x"}}}], "Entry 1 of local_accounts"),
        (
            "local_accounts",
            [{**LOCAL, "values": {"k": {"environment": "X", "keyring": "y"}}}],
            "Entry 1 of local_accounts",
        ),
        ("production_accounts", "apn_1", "production_accounts"),
        ("production_accounts", {"apn_1": True}, "production_accounts"),
        ("production_accounts", [7], "production_accounts"),
        ("chosen_accounts", [], "chosen_accounts"),
        ("chosen_accounts", {"/home/me": "apn_1"}, "chosen_accounts"),
        ("chosen_accounts", {"/home/me": {"github": None}}, "chosen_accounts"),
    ],
)
def test_a_part_of_another_form_is_named_left_out_and_costs_no_other(part: str, value: Any, named: str) -> None:
    found = configuration_from({**WHOLE, part: value})
    whole = configuration_from(WHOLE)
    assert found.problems == (f"{named} in {configuration_file()} is not of the right form, and is ignored.",)
    assert "made-up" not in repr(found)
    for name in ("projects", "api_key", "local_accounts", "production_accounts", "chosen_accounts"):
        if name != part:
            assert getattr(found, name) == getattr(whole, name)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"text"', "\x00", '{"projects": [],}'])
def test_a_file_that_can_not_be_read_is_named_and_ignored(text: str) -> None:
    file = write(text)
    problems = (f"{file} can't be read and is ignored.",)
    assert read_configuration() == Configuration(keeps_runs=False, problems=problems)


def test_runs_are_kept_only_where_nothing_says_otherwise() -> None:
    assert read_configuration().keeps_runs
    kept = {json.dumps(value): configuration_from({"keep_runs": value}).keeps_runs for value in (True, False, "off", 0)}
    assert kept == {"true": True, "false": False, '"off"': False, "0": False}
    write('{"keep_runs": false')
    assert not read_configuration().keeps_runs


@pytest.mark.parametrize("text", ["", "{", "[]", '{"projects": [],}'])
def test_a_file_that_can_not_be_read_is_never_written_over(text: str) -> None:
    """A comma too much is quickly made, and what stands in it nobody else has."""
    file = write(text)
    for change in (
        lambda: choose_account(Path("/home/me"), "github", "apn_1"),
        lambda: change_configuration(lambda document: document.clear()),
    ):
        with pytest.raises(PrivateFileError, match="can't be read, so nothing is changed in it: mend it, or move it"):
            change()
    assert file.read_text() == text


def test_a_link_is_neither_read_nor_written_over(tmp_path: Path) -> None:
    (tmp_path / "dotfiles.json").write_text(json.dumps(WHOLE))
    configuration_file().parent.mkdir(parents=True)
    configuration_file().symlink_to(tmp_path / "dotfiles.json")
    assert len(read_configuration().problems) == 1
    with pytest.raises(PrivateFileError):
        choose_account(Path("/home/me"), "github", "apn_1")
    assert json.loads((tmp_path / "dotfiles.json").read_text()) == WHOLE


def test_nothing_of_a_workspace_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("config.json", "pd-lsp.json", ".pd-lsp.json", "pd-lsp/config.json", ".config/pd-lsp/config.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(json.dumps(WHOLE))
    monkeypatch.chdir(tmp_path)
    assert read_configuration() == Configuration()


@pytest.mark.parametrize(
    ("path", "client_id"),
    [
        ("/home/me/flows/a/step.py", "a"),
        ("/home/me/flows/a", "a"),
        ("/home/me/flows/ab/step.py", "work"),
        ("/home/me/flows", "work"),
        ("/home/me/step.py", "any"),
        (None, "any"),
    ],
)
def test_the_project_of_the_nearest_folder_counts(path: str | None, client_id: str) -> None:
    folders = {"work": "/home/me/flows", "any": "", "a": "/home/me/flows/a/"}
    configured = configuration_from(
        {"projects": [{**PROJECT, "client_id": name, "folder": folder} for name, folder in folders.items()]}
    )
    found = configured.project_for(Path(path) if path else None)
    assert found
    assert found.client_id == client_id


# Changes


def test_a_choice_is_kept_beside_everything_else() -> None:
    write(json.dumps(WHOLE))
    choose_account(Path("/home/me/flows"), "slack", "apn_4")
    choose_account(Path("/home/me/other"), "github", "apn_5")
    assert document() == {
        **WHOLE,
        "chosen_accounts": {
            "/home/me/flows": {"github": "apn_3", "slack": "apn_4"},
            "/home/me/other": {"github": "apn_5"},
        },
    }


def test_a_choice_is_forgotten() -> None:
    choose_account(Path("/home/me"), "github", "apn_1")
    choose_account(Path("/home/me"), "slack", "apn_2")
    choose_account(Path("/home/me"), "github", None)
    choose_account(Path("/home/me"), "github", None)
    assert read_configuration().chosen_accounts == {"/home/me": {"slack": "apn_2"}}


@pytest.mark.parametrize("damaged", [[], None, "x", {"/home/me": []}, {"/home/me": None}])
def test_a_choice_is_kept_where_there_was_nothing_of_the_right_form(damaged: Any) -> None:
    write(json.dumps({**WHOLE, "chosen_accounts": damaged}))
    choose_account(Path("/home/me"), "github", "apn_1")
    assert read_configuration().chosen_accounts == {"/home/me": {"github": "apn_1"}}
    assert document()["projects"] == WHOLE["projects"]


def test_the_file_is_the_persons_alone() -> None:
    before = os.umask(0)
    try:
        choose_account(Path("/home/me"), "github", "apn_1")
    finally:
        os.umask(before)
    file = configuration_file()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


def test_a_change_that_fails_changes_nothing() -> None:
    write(json.dumps(WHOLE))

    def change(document: dict[str, Any]) -> None:
        document.clear()
        raise LookupError

    with pytest.raises(LookupError):
        change_configuration(change)
    assert document() == WHOLE


def test_a_file_that_can_not_be_written_is_a_sentence(own_folders: Path) -> None:
    (own_folders / "config").write_text("")
    with pytest.raises(PrivateFileError, match=": make it yourself"):
        choose_account(Path("/home/me"), "github", "apn_1")


@pytest.mark.skipif(sys.platform == "win32", reason="locks as POSIX has them")
def test_a_file_system_without_locks_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl  # noqa: PLC0415 - there is none on Windows

    def no_locks(_file: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, "no locks")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with pytest.raises(PrivateFileError, match=r"config\.json\.lock can't be written \(.*\): check"):
        choose_account(Path("/home/me"), "github", "apn_1")


_CHOOSES = """
import sys
from pathlib import Path
from pd_lsp.configuration import choose_account
for number in range(25):
    choose_account(Path("/home/me"), f"{sys.argv[1]}{number}", "apn_1")
"""


def test_two_processes_that_change_it_at_once_lose_nothing() -> None:
    write(json.dumps(WHOLE))
    changing = [subprocess.Popen([sys.executable, "-c", _CHOOSES, name]) for name in ("a", "b")]
    assert [process.wait(60) for process in changing] == [0, 0]
    chosen = read_configuration().chosen_accounts
    assert chosen["/home/me"] == {f"{name}{number}": "apn_1" for name in "ab" for number in range(25)}
    assert chosen["/home/me/flows"] == {"github": "apn_3"}
