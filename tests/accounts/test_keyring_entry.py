"""Our entries, in stand-ins for keyrings; `test_real_keyring.py` has a real one."""

import asyncio
import importlib
import logging
import sys
import threading
import traceback
from collections.abc import Callable

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import InitError, KeyringLocked, PasswordSetError

from pd_lsp.accounts.keyring_entry import delete_entry, keyring_name, read_entry, read_entry_async, write_entry
from pd_lsp.accounts.secret_errors import (
    KeyringError,
    KeyringLockedError,
    KeyringRefusedError,
    NoKeyringError,
    ValueTooLongError,
)
from tests.accounts.stand_in_keyring import (
    StandInForChainer,
    StandInForPlainText,
    StandInForSecretService,
    choose,
    raising,
)
from tests.test_house import imported_by

SECRET = "made-up-secret-é-1234"


class PromptDismissedException(Exception):  # noqa: N818
    """Stands in for the one of the library below, which exists on Linux only."""


def dismissed() -> None:
    """As the library does where there is no collection yet, and the question whether to make one is dismissed."""
    raise InitError(SECRET) from PromptDismissedException(SECRET)


@pytest.mark.parametrize("chosen", [null.Keyring(), StandInForPlainText()])
def test_any_other_keyring_counts_as_none(monkeypatch: pytest.MonkeyPatch, chosen: KeyringBackend) -> None:
    choose(monkeypatch, chosen)
    assert keyring_name() is None
    for ask in (lambda: read_entry("a"), lambda: write_entry("a", SECRET), lambda: delete_entry("a")):
        with pytest.raises(NoKeyringError, match=r"accepts \(key[\w.]+ is none\): set the PIPEDREAM_\* variables, or"):
            ask()


def test_the_librarys_own_word_for_no_keyring_is_no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, fail.Keyring())
    assert keyring_name() is None
    with pytest.raises(NoKeyringError, match="pd-lsp accepts: set"):
        read_entry("a")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("macOS Keychain", "keyring.backends.macOS.Keyring"),
        ("Windows Credential Manager", "keyring.backends.Windows.WinVaultKeyring"),
        ("Secret Service", "keyring.backends.SecretService.Keyring"),
        ("Secret Service", "keyring.backends.libsecret.Keyring"),
        ("KWallet", "keyring.backends.kwallet.DBusKeyring"),
        ("KWallet", "keyring.backends.kwallet.DBusKeyringKWallet4"),
    ],
)
def test_the_keyrings_of_the_systems_count_and_are_classes_of_the_library(
    monkeypatch: pytest.MonkeyPatch, name: str, kind: str
) -> None:
    module, _, class_name = kind.rpartition(".")
    chosen = getattr(importlib.import_module(module), class_name)()
    choose(monkeypatch, chosen)
    assert keyring_name() == name


def test_of_a_chain_the_first_accepted_keyring_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = StandInForSecretService(lambda: "first"), StandInForSecretService(lambda: "second")
    monkeypatch.setattr(StandInForChainer, "backends", [StandInForPlainText(lambda: "plain"), first, second])
    choose(monkeypatch, StandInForChainer())
    assert read_entry("a") == "first"


def test_a_chain_of_others_counts_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(StandInForChainer, "backends", [StandInForPlainText(lambda: "plain")])
    choose(monkeypatch, StandInForChainer())
    with pytest.raises(NoKeyringError):
        read_entry("a")


class PanicException(BaseException):
    """Stands in for what native code raises when it is broken."""


@pytest.mark.parametrize(
    ("answer", "kind", "sentence"),
    [
        (raising(KeyringLocked(SECRET)), KeyringLockedError, "is locked, or its question was dismissed: unlock it"),
        (dismissed, KeyringLockedError, "is locked, or its question was dismissed: unlock it"),
        (raising(PasswordSetError(SECRET)), KeyringRefusedError, r"refused \(PasswordSetError\): see whether"),
        (raising(TimeoutError(SECRET)), KeyringRefusedError, r"refused \(TimeoutError\): see whether"),
        (raising(PanicException(SECRET)), KeyringRefusedError, r"refused \(PanicException\): see whether"),
    ],
)
async def test_an_exception_becomes_a_sentence_that_has_none_of_its_text(
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[], None],
    kind: type[KeyringError],
    sentence: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    choose(monkeypatch, StandInForSecretService(answer))
    with pytest.raises(kind, match=sentence) as caught:
        read_entry("a")
    with pytest.raises(kind) as caught_later:
        await read_entry_async("a")
    shown = "".join(line for error in (caught, caught_later) for line in traceback.format_exception(error.value))
    assert SECRET not in shown + caplog.text


def test_the_library_logs_nothing(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    logger = logging.getLogger("keyring.backend")
    choose(monkeypatch, StandInForSecretService(lambda: logger.critical(SECRET)))
    assert read_entry("a") is None
    assert caplog.text == ""


def test_a_keyring_that_does_not_keep_the_value_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: None))
    with pytest.raises(KeyringRefusedError, match=r"refused \(it did not keep the value\)"):
        write_entry("a", SECRET)


def test_all_entries_of_a_name_are_deleted(monkeypatch: pytest.MonkeyPatch) -> None:
    duplicates = StandInForSecretService(lambda: None if duplicates.deleted == 3 else SECRET)
    choose(monkeypatch, duplicates)
    assert delete_entry("a")
    assert duplicates.deleted == 3


def test_an_entry_that_can_not_be_deleted_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: SECRET))
    with pytest.raises(KeyringRefusedError, match="it still has the value"):
        delete_entry("a")


def test_an_empty_entry_is_no_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(lambda: ""))
    assert read_entry("a") is None


def test_a_value_that_is_too_long_is_refused_before_the_keyring_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(raising(AssertionError())))
    with pytest.raises(ValueTooLongError, match="longer than 16 kB: name a command that prints it"):
        write_entry("a", "é" * 8001)


def test_windows_keeps_less(monkeypatch: pytest.MonkeyPatch) -> None:
    choose(monkeypatch, StandInForSecretService(raising(AssertionError())))
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(ValueTooLongError, match="1,280 characters that Windows Credential Manager keeps: name"):
        write_entry("a", "x" * 1281)


async def test_the_event_loop_goes_on_while_the_keyring_thinks(monkeypatch: pytest.MonkeyPatch) -> None:
    thought = threading.Event()

    def think() -> str:
        thought.wait()
        return SECRET

    choose(monkeypatch, StandInForSecretService(think))
    reading = asyncio.create_task(read_entry_async("a", seconds=3600))
    await asyncio.sleep(0)
    thought.set()
    assert await reading == SECRET


def test_the_library_is_imported_by_who_asks_a_keyring_and_by_nobody_before() -> None:
    assert "keyring" not in imported_by("import pd_lsp.accounts.keyring_entry, pd_lsp.accounts.secret_sources")
    assert "keyring" in imported_by("from pd_lsp.accounts.keyring_entry import keyring_name; keyring_name()")
