"""The accounts that a project names for everybody, and that each person keeps for themselves."""

import json
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.model import local_account_id
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.project_file import find_project_file, read_project_file


def project_file(folder: Path, document: Any) -> Path:
    file = folder / "pd-lsp.json"
    file.write_text(document if isinstance(document, str) else json.dumps(document))
    return file


def test_it_names_app_label_and_keys(tmp_path: Path) -> None:
    entries = [{"app": "acme", "label": "Team", "keys": ["api_key", "host"]}, {"app": "openai", "keys": ["api_key"]}]
    acme, openai = read_project_file(project_file(tmp_path, {"accounts": entries}), tmp_path).accounts
    assert (acme.id, acme.app.slug, acme.label, acme.local) == (local_account_id("acme", "Team"), "acme", "Team", True)
    assert (acme.keys.names, acme.keys.complete) == (("api_key", "host"), True)
    assert (openai.app.name, openai.label) == ("OpenAI", "default")


def test_an_account_without_keys_has_none_that_are_complete(tmp_path: Path) -> None:
    [account] = read_project_file(project_file(tmp_path, {"accounts": [{"app": "acme"}]}), tmp_path).accounts
    assert (account.keys.names, account.keys.complete) == ((), False)


def test_the_nearest_one_counts_and_none_above_the_folder(tmp_path: Path) -> None:
    project_file(tmp_path, {})
    inner = tmp_path / "inner"
    inner.mkdir()
    step = inner / "flow" / "step" / "entry.py"
    assert find_project_file(step, tmp_path) == tmp_path / "pd-lsp.json"
    assert find_project_file(step, inner) is None
    project_file(inner, {})
    assert find_project_file(step, tmp_path) == inner / "pd-lsp.json"


def test_it_may_set_rules_alone(tmp_path: Path) -> None:
    found = read_project_file(project_file(tmp_path, {"rules": {"unknown-key": "off"}}), tmp_path)
    assert (found.accounts, found.rules) == ((), {"unknown-key": "off"})


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("{", "is not JSON in line 1"),
        ("[" * 100_000, "is not JSON"),
        ([], "is no table"),
        ({"accounts": {}}, "has accounts that are no list"),
        ({"accounts": ["acme"]}, "Account 1 in .* names no app"),
        ({"accounts": [{"app": ""}]}, "names no app"),
        ({"accounts": [{"app": "a", "keys": [1]}]}, "are no text"),
        ({"accounts": [{"app": "a", "label": 7}]}, "are no text"),
        ({"accounts": [{"app": "a", "values": {"api_key": "x"}}]}, r"more than names \('values'\)"),
        ({"accounts": [{"app": "a", "command": ["sh"]}]}, "keep values with `pd-lsp accounts add`"),
    ],
)
def test_anything_but_names_is_a_sentence(tmp_path: Path, document: Any, says: str) -> None:
    with pytest.raises(UnreadableFileError, match=says):
        read_project_file(project_file(tmp_path, document), tmp_path)


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside", tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    (folder / "pd-lsp.json").symlink_to(project_file(outside, {"accounts": []}))
    with pytest.raises(UnreadableFileError, match="leads out of"):
        read_project_file(folder / "pd-lsp.json", folder)
