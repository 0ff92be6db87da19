import copy
import json
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from keyring.backends import fail
from keyring.errors import KeyringLocked

from pd_lsp.accounts.provider import SignedOutError
from pd_lsp.accounts.secret_errors import CommandError, KeyringLockedError, NoKeyringError, NoSecretError
from pd_lsp.accounts.secret_sources import FoundSecret, SecretSource, find_secret, take_environment
from tests.accounts.real_keyring import real_keyring
from tests.accounts.stand_in_keyring import StandInForSecretService, choose, raising

SECRET = "made-up-secret-é-1234"
NAMES = ("PIPEDREAM_CLIENT_SECRET", "PIPEDREAM_OTHER_NAME")


def printing(text: str, status: int = 0) -> tuple[str, ...]:
    return (sys.executable, "-c", f"import sys; print({text!r}); sys.exit({status})")


async def test_the_environment_comes_first_in_the_order_of_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(raising(AssertionError())))
    source = SecretSource(NAMES, ("no-such-program",), "client-secret")
    found = await find_secret(source, {"PIPEDREAM_OTHER_NAME": "other", "PIPEDREAM_CLIENT_SECRET": SECRET})
    assert (found.value, found.link, found.detail) == (SECRET, "environment", "PIPEDREAM_CLIENT_SECRET")
    found = await find_secret(source, {"PIPEDREAM_OTHER_NAME": "other", "PIPEDREAM_CLIENT_SECRET": ""})
    assert (found.value, found.detail) == ("other", "PIPEDREAM_OTHER_NAME")


async def test_a_command_comes_before_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(raising(AssertionError())))
    found = await find_secret(SecretSource(NAMES, printing(SECRET), "client-secret"), {})
    assert (found.value, found.link, found.detail) == (SECRET, "command", Path(sys.executable).name)


async def test_the_keyring_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: SECRET))
    found = await find_secret(SecretSource(NAMES, None, "client-secret"), {})
    assert (found.value, found.link, found.detail, found.problems) == (SECRET, "keyring", "Secret Service", ())


async def test_a_command_that_fails_is_told_of_when_the_keyring_has_the_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: SECRET))
    found = await find_secret(SecretSource(NAMES, printing("", 3), "client-secret"), {})
    assert (found.value, found.link) == (SECRET, "keyring")
    assert [type(problem) for problem in found.problems] == [CommandError]


NO_PROGRAM = ("no-such-program", SECRET)
LOGIN = "keep it in the keyring with `pd-lsp login`"
LOCKED = raising(KeyringLocked(SECRET))


@pytest.mark.parametrize(
    ("source", "keyring_answer", "failed", "ways_out"),
    [
        (
            SecretSource(NAMES, None, "client-secret"),
            lambda: None,
            "",
            f"set it in the environment, or name a command that prints it, or {LOGIN}",
        ),
        (SecretSource(NAMES), LOCKED, "", "set it in the environment, or name a command that prints it"),
        (
            SecretSource(NAMES, NO_PROGRAM, "client-secret"),
            lambda: None,
            " (there is no program “no-such-program” on PATH)",
            f"set it in the environment, or repair that command, or {LOGIN}",
        ),
        (
            SecretSource(NAMES, NO_PROGRAM, "client-secret"),
            LOCKED,
            " (there is no program “no-such-program” on PATH; the keyring is locked, or its question was dismissed)",
            "set it in the environment, or repair that command, or unlock the keyring and try again",
        ),
    ],
)
async def test_where_no_place_has_it_one_sentence_says_what_failed_and_the_ways_out(
    monkeypatch: pytest.MonkeyPatch,
    source: SecretSource,
    keyring_answer: Callable[[], str | None],
    failed: str,
    ways_out: str,
) -> None:
    choose(monkeypatch, StandInForSecretService(keyring_answer))
    with pytest.raises(NoSecretError) as caught:
        await find_secret(source, {"PIPEDREAM_CLIENT_SECRET": "", "UNRELATED": SECRET})
    assert str(caught.value) == f"PIPEDREAM_CLIENT_SECRET was not found{failed}: {ways_out}."
    assert isinstance(caught.value, SignedOutError)


@pytest.mark.parametrize(
    ("source", "name"), [(SecretSource((), None, "client-secret"), "client-secret"), (SecretSource(), "The secret")]
)
async def test_a_secret_without_a_variable_has_a_name_too(
    monkeypatch: pytest.MonkeyPatch, source: SecretSource, name: str
) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: None))
    with pytest.raises(NoSecretError, match=f"^{name} was not found: name a command that prints it"):
        await find_secret(source, {})


async def test_what_failed_is_kept_apart_too(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(raising(KeyringLocked(SECRET))))
    with pytest.raises(NoSecretError) as caught:
        await find_secret(SecretSource(NAMES, printing("", 3), "client-secret"), {})
    assert [type(problem) for problem in caught.value.problems] == [CommandError, KeyringLockedError]


async def test_without_a_keyring_it_is_no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, fail.Keyring())
    with pytest.raises(NoSecretError) as caught:
        await find_secret(SecretSource(NAMES, None, "client-secret"), {})
    assert str(caught.value) == (
        "PIPEDREAM_CLIENT_SECRET was not found (there is no keyring here that pd-lsp accepts): "
        "set it in the environment, or name a command that prints it."
    )
    assert [type(problem) for problem in caught.value.problems] == [NoKeyringError]


def test_a_secret_is_found_in_a_real_keyring(tmp_path: Path) -> None:
    code = """
import asyncio
from pd_lsp.accounts.keyring_entry import write_entry
from pd_lsp.accounts.secret_sources import SecretSource, find_secret
write_entry("client-secret", "made-up-secret", seconds=60)
found = asyncio.run(find_secret(SecretSource(("PIPEDREAM_CLIENT_SECRET",), None, "client-secret"), {}))
print(found, found.value == "made-up-secret")
"""
    with real_keyring(tmp_path) as real:
        assert real.python(code) == "<FoundSecret from keyring: Secret Service> True"


def test_every_pipedream_variable_is_taken_out_of_the_environment() -> None:
    environment = {"PIPEDREAM_CLIENT_ID": "id", "PIPEDREAM_ANYTHING": SECRET, "PATH": "/bin", "PD_LSP_USER": "me"}
    taken = take_environment(environment)
    assert taken == {"PIPEDREAM_CLIENT_ID": "id", "PIPEDREAM_ANYTHING": SECRET}
    assert environment == {"PATH": "/bin", "PD_LSP_USER": "me"}
    assert take_environment(environment) == {}


def test_what_the_person_named_as_the_place_of_a_value_is_taken_too() -> None:
    environment = {"ACME_TOKEN": SECRET, "ACME_TOKEN_2": "stays"}
    assert take_environment(environment, {"ACME_TOKEN", "", "NOT_SET"}) == {"ACME_TOKEN": SECRET}
    assert environment == {"ACME_TOKEN_2": "stays"}


def test_a_found_secret_is_not_printed_copied_stored_or_compared() -> None:
    found = FoundSecret(SECRET, "environment", "PIPEDREAM_CLIENT_SECRET")
    assert f"{found} {found!r} {found!s:>9} {[found]} %s" % found == " ".join(
        ["<FoundSecret from environment: PIPEDREAM_CLIENT_SECRET>"] * 3
        + ["[<FoundSecret from environment: PIPEDREAM_CLIENT_SECRET>]"]
        + ["<FoundSecret from environment: PIPEDREAM_CLIENT_SECRET>"]
    )
    for take in (pickle.dumps, copy.copy, copy.deepcopy, json.dumps, vars, lambda it: it.__getstate__()):
        with pytest.raises(TypeError):
            take(found)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError):
            pickle.dumps(found, protocol)
    assert found != FoundSecret(SECRET, "environment", "PIPEDREAM_CLIENT_SECRET")
    with pytest.raises(TypeError):
        type("Open", (FoundSecret,), {})
