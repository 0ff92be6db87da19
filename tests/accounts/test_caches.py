"""Whose accounts a file uses: the project of its folder, what the person configures meanwhile, the sandbox."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from pd_lsp.accounts import ClientKey, SignIn
from pd_lsp.accounts.cache_file import cache_file, forget_accounts, write_accounts
from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.accounts.provider import AccountsError, NobodySignedInError, RefusedError
from pd_lsp.configuration import change_configuration, choose_account, configuration_file
from pd_lsp.model import Accounts
from pd_lsp.sandbox import Gate, Sandbox
from pd_lsp.sandbox.faults import dropped, slow
from pd_lsp.settings import ConnectProject
from tests.samples import TEAM_SLACK

CONNECT = "/v1/connect/proj_sandbox/accounts"
ALWAYS = None


@pytest_asyncio.fixture
async def caches() -> AsyncIterator[AccountCaches]:
    """Those of somebody whose configuration is all there is."""
    caches = AccountCaches({})
    yield caches
    await caches.close()


def configure(**document: Any) -> None:
    """Writes the person's configuration, as their editor does."""
    file = configuration_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(document))


def project_entry(sandbox: Sandbox, user: str, folder: str = "") -> dict[str, Any]:
    """A project of the sandbox, whose secret a command prints."""
    return {
        "project_id": sandbox.project_id,
        "external_user_id": user,
        "url": sandbox.url,
        "client_id": sandbox.client_id,
        "secret_command": ["printf", "%s", sandbox.client_secret],
        "folder": folder,
    }


def ids(accounts: Accounts) -> set[str]:
    return {account.id for account in accounts.accounts}


async def test_the_project_of_the_nearest_folder_counts(caches: AccountCaches, sandbox: Sandbox) -> None:
    configure(
        projects=[
            project_entry(sandbox, "sandbox-user"),
            project_entry(sandbox, "sandbox-colleague", "/home/me/theirs"),
            project_entry(sandbox, "nobody", "/home/me/theirs/empty"),
        ]
    )
    expected = {
        "/home/me/mine/step.py": 16,
        "/home/me/theirs/flow/step.py": 3,
        "/home/me/theirs": 3,
        "/home/me/theirs/empty/step.py": 0,
        "/home/me/theirs-not/step.py": 16,
        "/": 16,
    }
    found = {path: len((await caches.of(Path(path)).refresh()).accounts) for path in expected}
    assert found == expected
    assert len((await caches.of(None).refresh()).accounts) == 16


async def test_folders_of_one_project_share_what_is_known(caches: AccountCaches, sandbox: Sandbox) -> None:
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    assert caches.of(Path("/a/step.py")) is caches.of(Path("/b/step.py")) is caches.of(None)


async def test_where_no_project_is_for_a_folder_nobody_is_signed_in(caches: AccountCaches, sandbox: Sandbox) -> None:
    configure(projects=[project_entry(sandbox, "sandbox-user", "/home/me")])
    with pytest.raises(NobodySignedInError):
        await caches.of(Path("/elsewhere/step.py")).refresh()


async def test_what_the_environment_names_counts_for_every_folder(sandbox: Sandbox) -> None:
    configure(projects=[project_entry(sandbox, "sandbox-colleague", "/home/me")])
    environment = {
        "PIPEDREAM_CLIENT_ID": "id",
        "PIPEDREAM_CLIENT_SECRET": "made-up-secret",
        "PIPEDREAM_PROJECT_ID": "proj_other",
        "PD_LSP_EXTERNAL_USER_ID": "me",
    }
    caches = AccountCaches(environment)
    assert {caches.of(Path(path)) for path in ("/home/me/step.py", "/x")} == {caches.of(None)}
    project = caches.sign_in(Path("/home/me/step.py")).project
    assert project
    assert project.project_id == "proj_other"
    await caches.close()


async def test_every_folders_names_are_there_at_a_start_without_the_network(sandbox: Sandbox) -> None:
    configure(
        projects=[
            project_entry(sandbox, "sandbox-user"),
            project_entry(sandbox, "sandbox-colleague", "/home/me/theirs"),
        ]
    )
    paths = [None, Path("/home/me/theirs/step.py")]
    first = AccountCaches({})
    listed = [ids(await first.of(path).refresh()) for path in paths]
    await first.close()
    sandbox.fail(dropped(), times=ALWAYS)
    before = len(sandbox.requests)
    later = AccountCaches({})
    assert [ids(later.of(path).current) for path in paths] == listed
    assert not any(later.of(path).current.complete for path in paths)
    assert sandbox.requests[before:] == []
    await later.close()


async def test_what_is_kept_here_is_known_before_anybody_is_asked(caches: AccountCaches) -> None:
    """In a folder that is not trusted nobody is ever asked (D6)."""
    for label in ("Team", "other"):
        configure(local_accounts=[{"app": "acme", "label": label, "values": {"k": {"environment": "ACME"}}}])
        known = caches.of(Path("/not/trusted/step.py")).current
        assert [(one.label, one.keys.names) for one in known.accounts] == [(label, ("k",))]
    configure()
    assert caches.of(None).current == Accounts()


# What the person configures meanwhile


async def test_a_sign_in_counts_at_the_next_question(caches: AccountCaches, sandbox: Sandbox) -> None:
    with pytest.raises(NobodySignedInError):
        await caches.of(None).refresh()
    configure(projects=[project_entry(sandbox, "sandbox-colleague")])
    assert len((await caches.of(None).refresh()).accounts) == 3
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    assert len((await caches.of(None).refresh()).accounts) == 16
    configure()
    with pytest.raises(NobodySignedInError):
        await caches.of(None).refresh()


async def test_a_better_key_counts_at_the_next_question(caches: AccountCaches, sandbox: Sandbox) -> None:
    """`pd-lsp login` writes the same entry again, and the keyring has another secret."""
    wrong = {**project_entry(sandbox, "sandbox-user"), "secret_command": ["printf", "wrong"]}
    configure(projects=[wrong])
    with pytest.raises(AccountsError, match="refused the key"):
        await caches.of(None).refresh()
    before = caches.of(None)
    change_configuration(lambda _: None)
    assert caches.of(None) is not before


async def test_of_two_files_written_in_one_moment_the_second_counts(caches: AccountCaches, sandbox: Sandbox) -> None:
    file = configuration_file()
    for user in ("sandbox-user-1", "sandbox-user-2"):
        change_configuration(lambda document, user=user: document.update(projects=[project_entry(sandbox, user)]))
        os.utime(file, ns=(1_000_000_000, 1_000_000_000))
        project = caches.sign_in(None).project
        assert project
        assert project.external_user_id == user


async def test_a_choice_of_an_account_forgets_nothing(caches: AccountCaches, sandbox: Sandbox) -> None:
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    cache = caches.of(None)
    known = await cache.refresh()
    choose_account(Path("/home/me"), "github", "apn_githubwork")
    change_configuration(lambda document: document.update(production_accounts=["apn_1"]))
    assert caches.configuration.chosen_accounts == {"/home/me": {"github": "apn_githubwork"}}
    assert caches.configuration.production_accounts == {"apn_1"}
    assert caches.of(None) is cache
    assert cache.current is known


async def test_what_is_dropped_is_closed_and_answers_whoever_waits(
    caches: AccountCaches, sandbox: Sandbox, caplog: pytest.LogCaptureFixture
) -> None:
    told = []
    caches.on_fresh = told.append
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    sandbox.fail(slow(gate := Gate()), path=CONNECT)
    waiting = asyncio.create_task(caches.of(None).refresh())
    await asyncio.to_thread(gate.wait_until_reached)
    configure()
    with pytest.raises(NobodySignedInError):
        await caches.of(None).refresh()
    forget_accounts()
    gate.open()
    assert len((await waiting).accounts) == 16
    assert len(told) == 1
    assert [*cache_file().parent.glob("accounts-*.json")] == []
    while caches._retired:
        await asyncio.sleep(0)
    assert caplog.text == ""


async def test_what_is_dropped_where_no_event_loop_runs_is_closed_in_the_end(sandbox: Sandbox) -> None:
    caches = AccountCaches({})
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    await caches.of(None).refresh()

    def sign_out() -> None:
        configure()
        assert caches.configuration.projects == ()

    await asyncio.to_thread(sign_out)
    assert len(caches._retired) == 1
    await caches.close()
    assert caches._retired == []


async def test_after_closing_whoever_asks_opens_it_again(caches: AccountCaches, sandbox: Sandbox) -> None:
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    for _ in range(2):
        assert len((await caches.of(None).refresh()).accounts) == 16
        await caches.close()
    await caches.close()


_TWO_RUNS = """
import asyncio
from pd_lsp.accounts.caches import AccountCaches
async def ask(caches):
    try:
        print(len((await caches.of(None).refresh()).accounts))
    finally:
        await caches.close()
caches = AccountCaches({})
for _ in range(2):
    asyncio.run(ask(caches))
"""


def test_a_command_may_have_one_event_loop_after_the_other(sandbox: Sandbox) -> None:
    configure(projects=[project_entry(sandbox, "sandbox-user")])
    command = [sys.executable, "-W", "error", "-c", _TWO_RUNS]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.split(), done.stderr) == (["16", "16"], "")


# What can't work, and the sandbox


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"project_id": "../x"}, "should look like proj_abc123"),
        ({"environment": "staging"}, "neither development nor production"),
        ({"url": "http://elsewhere.example"}, "should look like https://api.pipedream.com"),
    ],
)
async def test_a_sign_in_that_can_not_work_says_why_when_it_is_asked(
    caches: AccountCaches, sandbox: Sandbox, change: dict[str, str], says: str
) -> None:
    configure(projects=[{**project_entry(sandbox, "sandbox-user"), **change}])
    cache = caches.of(Path("/x/step.py"))
    assert cache.current == Accounts()
    with pytest.raises(RefusedError, match=says):
        await cache.refresh()


def test_each_user_api_key_has_names_of_its_own(caches: AccountCaches) -> None:
    files = set()
    for key in ("made-up-key-1", "made-up-key-2"):
        mark = AccountCaches({"PIPEDREAM_API_KEY": key}).sign_in(None).api_key_mark
        assert mark
        assert key not in mark
        files.add(mark)
    for entry in ({"login": "a"}, {"login": "b"}, {"command": ["pass", "a"]}, {"command": ["pass", "b"]}):
        configure(api_key=entry)
        files.add(caches.sign_in(None).api_key_mark)
    assert len(files) == 6


def test_names_that_were_listed_with_one_key_are_not_shown_for_another(caches: AccountCaches) -> None:
    configure(api_key={"login": "first"})
    write_accounts(cache_file("rest", "first"), [TEAM_SLACK], 1.0)
    assert caches.of(None).current.accounts == (TEAM_SLACK,)
    configure(api_key={"login": "second"})
    assert caches.of(None).current.accounts == ()


async def test_the_sandbox_counts_for_every_folder_and_keeps_nothing(
    sandbox: Sandbox, project: ConnectProject, key: ClientKey
) -> None:
    caches = AccountCaches({"PIPEDREAM_API_KEY": "made-up-key"}, SignIn(project, key))
    configure(projects=[project_entry(sandbox, "sandbox-colleague")], api_key={})
    cache = caches.of(Path("/x/step.py"))
    assert len((await cache.refresh()).accounts) == 16
    await cache.note_seen("apn_slackteam", ["bot_token"])
    assert caches.configuration.projects
    configure()
    assert caches.configuration.projects == ()
    assert caches.of(None) is cache
    assert not cache_file().parent.exists()
    await caches.close()


async def test_fresh_accounts_are_told_with_their_cache(caches: AccountCaches, sandbox: Sandbox) -> None:
    told = []
    caches.on_fresh = told.append
    configure(projects=[project_entry(sandbox, "sandbox-user"), project_entry(sandbox, "nobody", "/home/me")])
    paths = (None, Path("/home/me/step.py"))
    for path in paths:
        await caches.of(path).refresh()
    assert told == [caches.of(path) for path in paths]
