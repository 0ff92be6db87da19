"""Accounts that the person keeps here, with nothing signed in and nobody asked over the network."""

import asyncio
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from pd_lsp.accounts import SignIn, open_provider
from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.accounts.local import Local
from pd_lsp.accounts.provider import RefusedError
from pd_lsp.accounts.secret_errors import NoSecretError
from pd_lsp.configuration import LocalAccount, ValueSource, configuration_file
from pd_lsp.model import Account, AppSlug, local_account_id
from tests.accounts.real_keyring import real_keyring
from tests.accounts.stand_in_keyring import StandInForSecretService, choose, raising
from tests.test_house import imported_by

SECRET = "made-up-secret-é-1234"


def printing(text: str) -> ValueSource:
    return ValueSource(command=(sys.executable, "-c", f"import sys; sys.stdout.buffer.write({text.encode()!r})"))


async def values_of(sources: Mapping[str, ValueSource], environment: Mapping[str, str]) -> dict[str, object]:
    """What an account of `sources` holds."""
    provider = Local([LocalAccount("acme", "Team", sources)], environment)
    account = (await provider.accounts()).accounts[0]
    return (await provider.credentials(account, "acme")).reveal()


async def said_of(source: ValueSource, environment: Mapping[str, str] | None = None) -> str:
    """What is said where the only source of an account has nothing."""
    with pytest.raises(NoSecretError) as caught:
        await values_of({"api_key": source}, environment or {})
    assert SECRET not in str(caught.value)
    return str(caught.value)


async def test_each_value_comes_from_its_own_source(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    class Keyring(StandInForSecretService):
        def get_password(self, service: str, username: str) -> str:
            asked.append(f"{service} {username}")
            return "from the keyring"

    Keyring.__module__, Keyring.__qualname__ = "keyring.backends.SecretService", "Keyring"
    choose(monkeypatch, Keyring())
    sources = {
        "a": ValueSource(environment="ACME"),
        "b": printing("from a command\n"),
        "c": ValueSource(keyring="local:acme:Team:c"),
    }
    assert await values_of(sources, {"ACME": "from a variable", "c": SECRET}) == {
        "a": "from a variable",
        "b": "from a command",
        "c": "from the keyring",
    }
    assert asked == ["pd-lsp local:acme:Team:c"]


@pytest.mark.parametrize("text", ["line\n" * 3, "-----BEGIN KEY-----\r\nabc\r\n"])
async def test_a_value_of_many_lines_is_kept_as_it_is(text: str) -> None:
    assert await values_of({"a": printing(text)}, {}) == {"a": text}


async def test_a_variable_of_pipedream_can_be_a_source_too() -> None:
    """They are taken out of the environment at the start, and known all the same."""
    assert await values_of({"a": ValueSource(environment="PIPEDREAM_X")}, {"PIPEDREAM_X": SECRET}) == {"a": SECRET}


async def test_a_variable_that_is_not_set_is_named() -> None:
    assert await said_of(ValueSource(environment="ACME_KEY"), {"ACME_KEY": "", "OTHER": SECRET}) == (
        "The value of api_key for the acme account “Team” was not found: set ACME_KEY in the environment, or name a "
        "command that prints it."
    )


async def test_a_command_that_is_not_there_is_named_without_its_arguments() -> None:
    assert await said_of(ValueSource(command=("no-such-program", SECRET))) == (
        "The value of api_key for the acme account “Team” was not found (there is no program “no-such-program” on "
        "PATH): repair that command."
    )


async def test_a_command_that_fails_is_told_without_what_it_printed() -> None:
    failing = ValueSource(command=(sys.executable, "-c", f"import sys; print({SECRET!r}); sys.exit({SECRET!r})"))
    assert "ended with status 1" in await said_of(failing)


async def test_an_entry_that_the_keyring_does_not_have_says_how_to_put_it_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: None))
    assert await said_of(ValueSource(keyring="local:acme:Team:api_key")) == (
        "The value of api_key for the acme account “Team” was not found: name a command that prints it, or keep it in "
        "the keyring with `pd-lsp accounts add acme --label Team --key api_key`."
    )


async def test_a_locked_keyring_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(raising(KeyringLocked(SECRET))))
    assert "(the keyring is locked, or its question was dismissed): name a command that prints it, or unlock" in (
        await said_of(ValueSource(keyring="x"))
    )


async def test_without_a_keyring_there_are_ways_out(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, fail.Keyring())
    assert await said_of(ValueSource(keyring="x")) == (
        "The value of api_key for the acme account “Team” was not found (there is no keyring here that pd-lsp "
        "accepts): name a command that prints it."
    )


async def test_one_value_that_is_missing_is_enough_to_refuse() -> None:
    with pytest.raises(NoSecretError, match="The value of b for"):
        await values_of({"a": printing(SECRET), "b": ValueSource(environment="NOT_SET")}, {})


async def test_no_keyring_and_no_command_is_asked_for_a_list(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    choose(monkeypatch, StandInForSecretService(raising(AssertionError())))
    ran = tmp_path / "ran"
    sources = {"a": ValueSource(keyring="x"), "b": ValueSource(command=("touch", str(ran)))}
    accounts = await Local([LocalAccount("acme", "Team", sources)], {}).accounts()
    assert accounts.complete
    assert not ran.exists()


async def test_the_keys_of_an_account_are_those_that_are_kept_and_no_others() -> None:
    sources = {"api_key": printing("x"), "extra": printing("y")}
    account = (await Local([LocalAccount("openai", "Team", sources)], {}).accounts()).accounts[0]
    assert (account.app.name, account.keys.names, account.keys.complete) == ("OpenAI", ("api_key", "extra"), True)
    assert (account.keys.source, account.local, account.environment) == ("the list here", True, "")


async def test_several_accounts_of_one_app_are_told_apart_by_their_labels() -> None:
    kept = [LocalAccount("acme", label, {"k": printing(label)}) for label in ("one", "two")]
    provider = Local(kept, {})
    accounts = (await provider.accounts()).accounts
    assert [account.id for account in accounts] == [local_account_id(AppSlug("acme"), it) for it in ("one", "two")]
    assert [(await provider.credentials(account, "x")).reveal() for account in accounts] == [{"k": "one"}, {"k": "two"}]


async def test_an_account_that_is_not_kept_here_says_how_to_keep_it() -> None:
    from pd_lsp.catalog import account_kept_here  # noqa: PLC0415 - for this one test

    account: Account = account_kept_here("acme", "the team", ["k"])
    with pytest.raises(RefusedError) as caught:
        await Local([], {}).credentials(account, "x")
    assert str(caught.value).endswith("kept here: type `pd-lsp accounts add acme --label 'the team'` in a terminal.")


async def test_it_works_with_nothing_signed_in(sandbox_nowhere: None) -> None:
    assert sandbox_nowhere is None
    kept = LocalAccount("acme", "Team", {"k": ValueSource(environment="ACME")})
    provider = open_provider(SignIn(local_accounts=(kept,), environment={"ACME": SECRET}))
    accounts = await provider.accounts()
    assert accounts.complete
    assert (await provider.credentials(accounts.accounts[0], "x")).reveal() == {"k": SECRET}
    await provider.close()


@pytest.fixture
def sandbox_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opened a connection would fail."""
    monkeypatch.setattr(asyncio.BaseEventLoop, "create_connection", raising(AssertionError()))


def test_a_person_who_keeps_accounts_here_imports_no_http() -> None:
    code = (
        "import asyncio; from pd_lsp.accounts import SignIn, open_provider\n"
        "from pd_lsp.configuration import LocalAccount\n"
        "asyncio.run(open_provider(SignIn(local_accounts=(LocalAccount('acme', 'x', {}),))).accounts())"
    )
    assert not imported_by(code) & {"httpx", "keyring"}


async def test_what_the_person_configures_counts_at_the_next_question() -> None:
    caches = AccountCaches({"ACME": SECRET})
    file = configuration_file()
    file.parent.mkdir(parents=True)
    for label in ("one", "other"):
        entry = {"app": "acme", "label": label, "values": {"k": {"environment": "ACME"}}}
        file.write_text(json.dumps({"local_accounts": [entry]}))
        accounts = await caches.of(Path("/anywhere/step.py")).refresh()
        assert [account.label for account in accounts.accounts] == [label]
    await caches.close()


def test_a_value_is_found_in_a_real_keyring_under_the_entry_of_its_own(tmp_path: Path) -> None:
    code = """
import asyncio
from pd_lsp.accounts.keyring_entry import write_entry
from pd_lsp.accounts.local import Local
from pd_lsp.configuration import LocalAccount, ValueSource
async def main():
    kept = LocalAccount("acme", "Team", {name: ValueSource(keyring=f"local:acme:Team:{name}") for name in ("a", "b")})
    provider = Local([kept], {})
    account = (await provider.accounts()).accounts[0]
    print((await provider.credentials(account, "acme")).reveal() == {"a": "made-up-a", "b": "made-up-é\\nb"})
write_entry("local:acme:Team:a", "made-up-a", seconds=60)
write_entry("local:acme:Team:b", "made-up-é\\nb", seconds=60)
asyncio.run(main())
"""
    missing = """
import asyncio
from pd_lsp.accounts.local import Local
from pd_lsp.accounts.provider import AccountsError
from pd_lsp.configuration import LocalAccount, ValueSource
async def main():
    provider = Local([LocalAccount("acme", "Team", {"a": ValueSource(keyring="local:acme:Other:a")})], {})
    try:
        await provider.credentials((await provider.accounts()).accounts[0], "acme")
    except AccountsError as error:
        print(error)
asyncio.run(main())
"""
    with real_keyring(tmp_path) as real:
        assert real.python(code) == "True"
        assert "or keep it in the keyring with `pd-lsp accounts add acme --label Team --key a`." in real.python(missing)
