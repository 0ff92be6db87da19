"""The Connect provider against the sandbox, over real HTTP."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.connect import Connect
from pd_lsp.accounts.provider import RefusedError, SignedOutError, UnreachableError, UnreadableTokenError
from pd_lsp.model import Account, AppSlug
from pd_lsp.sandbox import Sandbox
from pd_lsp.settings import ConnectProject


@pytest_asyncio.fixture
async def connect(project: ConnectProject, key: ClientKey) -> AsyncIterator[Connect]:
    provider = Connect(project, key)
    yield provider
    await provider.close()


async def one(connect: Connect, app: str) -> Account:
    return (await connect.accounts()).of(AppSlug(app))[0]


async def test_all_accounts_are_listed_over_all_pages(connect: Connect) -> None:
    accounts = await connect.accounts()
    slugs = {account.app.slug for account in accounts.accounts}
    assert accounts.complete
    assert slugs >= {
        *("slack_v2", "slack", "github", "gitlab", "openai", "notion", "google_sheets", "mastodon", "discord_bot"),
        *("supabase", "airtable_oauth"),
    }
    assert len(accounts.of(AppSlug("github"))) == 2
    assert any(account.dead for account in accounts.accounts)


async def test_a_list_of_accounts_asks_for_no_credentials(connect: Connect, sandbox: Sandbox) -> None:
    before = len(sandbox.requests)
    await connect.accounts()
    assert not [request for request in sandbox.requests[before:] if "include_credentials" in request.target]


async def test_the_credentials_of_one_account_are_given_and_not_shown(connect: Connect, sandbox: Sandbox) -> None:
    account = await one(connect, "slack")
    credentials = await connect.credentials(account, "slack")
    assert credentials.reveal() == sandbox.credentials(account.id)
    assert credentials.reveal()["oauth_access_token"] not in repr(credentials)


async def test_a_token_that_pipedream_keeps_to_itself_is_a_sentence(connect: Connect) -> None:
    with pytest.raises(UnreadableTokenError, match="Pipedream's own OAuth client"):
        await connect.credentials(await one(connect, "google_calendar"), "google_calendar")


async def test_a_dead_account_is_refused_before_anybody_is_asked(connect: Connect, sandbox: Sandbox) -> None:
    dead = next(account for account in (await connect.accounts()).accounts if account.dead)
    before = len(sandbox.requests)
    with pytest.raises(RefusedError, match="is dead: connect it again"):
        await connect.credentials(dead, dead.app.slug)
    assert len(sandbox.requests) == before


async def test_a_wrong_key_is_a_sentence_without_the_key(project: ConnectProject) -> None:
    connect = Connect(project, ClientKey("wrong", "very-wrong-secret"))
    with pytest.raises(SignedOutError, match="Pipedream refused the key") as caught:
        await connect.accounts()
    assert "very-wrong-secret" not in str(caught.value)
    await connect.close()


async def test_a_project_that_does_not_exist_is_a_sentence(project: ConnectProject, key: ClientKey) -> None:
    connect = Connect(replace(project, project_id="proj_nobody"), key)
    with pytest.raises(RefusedError, match="knows no such project"):
        await connect.accounts()
    await connect.close()


def test_a_project_id_that_could_change_the_path_is_refused(project: ConnectProject, key: ClientKey) -> None:
    with pytest.raises(RefusedError, match="should look like proj_"):
        Connect(replace(project, project_id="../users"), key)


async def test_a_service_that_is_not_there_is_a_sentence(project: ConnectProject, key: ClientKey) -> None:
    connect = Connect(replace(project, url="http://127.0.0.1:9"), key)
    with pytest.raises(UnreachableError, match="can't be reached"):
        await connect.accounts()
    await connect.close()
