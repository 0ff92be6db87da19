"""The names that are kept from start to start: all of them, only them, and none lost by two who write at once."""

import asyncio
import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.cache_file import Kept, cache_file, forget_accounts, read_kept, write_accounts, write_seen
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.names import account_from
from pd_lsp.catalog import account_kept_here
from pd_lsp.model import Account, App, AppSlug, AuthField
from pd_lsp.private_files import PrivateFileError, cache_folder
from pd_lsp.sandbox import Sandbox
from pd_lsp.settings import ConnectProject
from tests.samples import DEAD_OPENAI, HOME_GITHUB, TEAM_SLACK

AT = 1_793_606_400.5
ACCOUNTS = (
    TEAM_SLACK,
    DEAD_OPENAI,
    Account("apn_1", App(AppSlug("acme"), "Acme", (AuthField("k", "The “key”"),), True, "the app's own list"), "é ‹x›"),
    Account("apn_2", App(AppSlug("none"), "None"), "Prod", healthy=False, environment="production"),
    account_kept_here("acme", "Team", ["api_key"]),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "own" / "accounts.json"


def test_what_is_written_is_read(file: Path) -> None:
    written = write_accounts(file, ACCOUNTS, AT)
    assert read_kept(file) == written == Kept(ACCOUNTS, AT)


def test_two_apps_of_one_slug_are_kept_apart(file: Path) -> None:
    """A local account has the keys that the person keeps; one of Connect has those of OAuth, and may have more."""
    of_connect = account_from({"id": "apn_1", "app": {"name_slug": "github", "auth_type": "oauth"}})
    assert of_connect
    local = account_kept_here("github", "mine", ["token"])
    write_accounts(file, [of_connect, local], AT)
    kept = read_kept(file).accounts
    assert [(one.keys.names[0], one.keys.complete) for one in kept] == [("oauth_access_token", False), ("token", True)]


def test_what_runs_have_learned_is_kept_beside_the_list(file: Path) -> None:
    write_seen(file, TEAM_SLACK.id, ["bot_token"])
    write_seen(file, HOME_GITHUB.id, [])
    write_accounts(file, [TEAM_SLACK, HOME_GITHUB], AT)
    kept = read_kept(file)
    assert kept.seen == {TEAM_SLACK.id: ("bot_token",), HOME_GITHUB.id: ()}
    slack, github = kept.applied(kept.accounts)
    assert (slack.seen, slack.unreadable) == (("bot_token",), False)
    assert (github.seen, github.unreadable) == ((), True)


def test_odd_names_of_keys_are_kept_as_they_are(file: Path) -> None:
    names = ("é key", "a\nb", "\u202e", "\ud800", '"')
    write_seen(file, TEAM_SLACK.id, names)
    assert read_kept(file).seen[TEAM_SLACK.id] == names


def changed(document: Any, *path: Any, to: Any) -> Any:
    """A copy of a document, with one thing in it another."""
    document = copy.deepcopy(document)
    place = document
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return document


DAMAGES: list[tuple[tuple[Any, ...], Any]] = [
    (("form",), 1),
    (("form",), None),
    (("form",), [2]),
    (("at",), None),
    (("at",), {}),
    (("at",), 10**400),
    (("apps",), None),
    (("apps",), 7),
    (("apps", 0), None),
    (("apps", 0, "source"), "elsewhere"),
    (("apps", 0, "source"), ["a run"]),
    (("apps", 0, "slug"), "../x"),
    (("apps", 0, "slug"), 7),
    (("apps", 0, "fields"), [1]),
    (("apps", 0, "fields"), [["a", "b", "c"]]),
    (("apps", 0, "fields"), [[None, "b"]]),
    (("accounts",), {"a": 1}),
    (("accounts",), "text"),
    (("accounts", 0), []),
    (("accounts", 0, 0), ".."),
    (("accounts", 0, 0), "apn_a/../../tokens"),
    (("accounts", 0, 0), None),
    (("accounts", 0, 1), 99),
    (("accounts", 0, 1), None),
    (("accounts", 0, 1), "slack"),
    (("accounts", 0, 4), 7),
    (("seen",), []),
    (("seen",), {"..": []}),
    (("seen",), {"apn_1": [3]}),
    (("seen",), {"apn_1": 3}),
]


@pytest.mark.parametrize(("path", "to"), DAMAGES)
def test_a_file_of_another_form_is_ignored_whole_and_rewritten(file: Path, path: tuple[Any, ...], to: Any) -> None:
    write_accounts(file, ACCOUNTS, AT)
    document = json.loads(file.read_text())
    file.write_text(json.dumps(changed(document, *path, to=to)))
    assert read_kept(file) == Kept()
    write_seen(file, TEAM_SLACK.id, ["bot_token"])
    assert read_kept(file).seen == {TEAM_SLACK.id: ("bot_token",)}


@pytest.mark.parametrize("at", [float("nan"), float("inf"), -1, 1e300])
def test_a_moment_that_can_not_be_is_none(file: Path, at: float) -> None:
    write_accounts(file, ACCOUNTS, AT)
    document = json.loads(file.read_text())
    file.write_text(json.dumps({**document, "at": at}))
    assert read_kept(file) == Kept(ACCOUNTS, 0.0)
    assert write_seen(file, TEAM_SLACK.id, ["bot_token"]).accounts == ACCOUNTS


def test_names_of_the_file_lose_what_could_disguise_them(file: Path) -> None:
    write_accounts(file, ACCOUNTS, AT)
    document = json.loads(file.read_text())
    file.write_text(json.dumps(changed(document, "accounts", 0, 2, to="a\u202e\x1b[31mb")))
    assert read_kept(file).accounts[0].label == "a[31mb"


def test_each_project_user_and_environment_has_a_file_of_its_own() -> None:
    whose = [("u", "proj_1", "development", "me"), ("u", "proj_1", "production", "me"), ("u", "proj_1", "development")]
    files = {cache_file(*one) for one in [*whose, ("rest",), ("local",), ("rest", "local"), ()]}
    assert len(files) == 7
    assert {file.parent for file in files} == {cache_folder()}
    assert not [file for file in files if "me" in file.name or "proj" in file.name]


def test_all_files_are_forgotten_and_nothing_else() -> None:
    files = [cache_file("a"), cache_file("b")]
    for file in files:
        write_accounts(file, ACCOUNTS, AT)
    other = cache_folder() / "other.json"
    other.write_text("{}")
    forget_accounts()
    assert not [file for file in files if file.exists()]
    assert other.exists()
    forget_accounts()


def test_what_can_not_be_forgotten_is_a_sentence() -> None:
    cache_file("a").mkdir(parents=True)
    with pytest.raises(PrivateFileError, match="can't be emptied"):
        forget_accounts()


_LEARNS = """
import sys
from pathlib import Path
from pd_lsp.accounts.cache_file import write_accounts, write_seen
from tests.samples import TEAM_SLACK, HOME_GITHUB
file, name = Path(sys.argv[1]), sys.argv[2]
for number in range(25):
    write_seen(file, f"apn_{name}{number}", [name])
    write_accounts(file, [TEAM_SLACK, HOME_GITHUB], number)
"""


def test_two_processes_that_write_at_once_lose_nothing(file: Path) -> None:
    writing = [subprocess.Popen([sys.executable, "-c", _LEARNS, str(file), name]) for name in ("a", "b")]
    assert [process.wait(60) for process in writing] == [0, 0]
    kept = read_kept(file)
    assert kept.seen == {f"apn_{name}{number}": (name,) for name in "ab" for number in range(25)}
    assert kept.accounts == (TEAM_SLACK, HOME_GITHUB)


_REFRESHES = """
import asyncio, sys
from pathlib import Path
from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.cache import AccountCache
from pd_lsp.accounts.connect import Connect
from pd_lsp.settings import ConnectProject
async def main(url, project, user, client, secret, file, name):
    connect = Connect(ConnectProject(project, user, "development", url), ClientKey(client, secret))
    cache = AccountCache(connect, Path(file))
    for number in range(5):
        await cache.refresh()
        await cache.note_seen(f"apn_{name}{number}", [name])
    await cache.close()
asyncio.run(main(*sys.argv[1:]))
"""


def test_two_servers_that_refresh_at_once_lose_nothing(file: Path, sandbox: Sandbox, project: ConnectProject) -> None:
    given = (sandbox.url, project.project_id, project.external_user_id, sandbox.client_id, sandbox.client_secret)
    command = [sys.executable, "-c", _REFRESHES, *given, str(file)]
    writing = [subprocess.Popen([*command, name]) for name in ("a", "b")]
    assert [process.wait(60) for process in writing] == [0, 0]
    kept = read_kept(file)
    assert len(kept.accounts) == 16
    assert kept.seen == {f"apn_{name}{number}": (name,) for name in "ab" for number in range(5)}


def test_ten_thousand_accounts_are_kept(file: Path) -> None:
    with Sandbox(extra_accounts=10_000, extra_apps=3_000) as large:
        project = ConnectProject(large.project_id, large.external_user_id, large.environment, large.url)
        listed = asyncio.run(_listed(project, large))
    write_accounts(file, listed, AT)
    assert read_kept(file).accounts == listed
    assert file.stat().st_size < 10_000_000


async def _listed(project: ConnectProject, large: Sandbox) -> tuple[Account, ...]:
    connect = Connect(project, ClientKey(large.client_id, large.client_secret))
    try:
        return (await connect.accounts()).accounts
    finally:
        await connect.close()
