"""Entries of the person's keyring. The only file that talks to the keyring library (D1).

What is accepted as a keyring: macOS Keychain, Windows Credential Manager, Secret Service and KWallet. Every function
has `seconds` and raises a KeyringError in our own words: NoKeyringError where there is none of these,
KeyringLockedError, KeyringTimeoutError, KeyringRefusedError for the rest (D15).
"""

import logging
import sys
from typing import TYPE_CHECKING, TypeVar

from pd_lsp.accounts.secret_errors import (
    KeyringError,
    KeyringRefusedError,
    KeyringTimeoutError,
    NoKeyringError,
    ValueTooLongError,
    keyring_error_for,
)
from pd_lsp.accounts.turns import OverdueError, Turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from keyring.backend import KeyringBackend

T = TypeVar("T")

TIME_LIMIT = 3.0
"""Seconds that a keyring has for an answer."""
SERVICE = "pd-lsp"
"""The service under which the entries stand in the keyring."""

_LARGEST_VALUE = 16_000
"""Bytes of UTF-8; a private key has a tenth of that."""
_LARGEST_ON_WINDOWS = 2560
"""Bytes of UTF-16, in which the library writes: CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h."""
_MOST_DUPLICATES = 8
_ACCEPTED = {
    "keyring.backends.macOS.Keyring": "macOS Keychain",
    "keyring.backends.Windows.WinVaultKeyring": "Windows Credential Manager",
    "keyring.backends.SecretService.Keyring": "Secret Service",
    "keyring.backends.libsecret.Keyring": "Secret Service",
    "keyring.backends.kwallet.DBusKeyring": "KWallet",
    "keyring.backends.kwallet.DBusKeyringKWallet4": "KWallet",
}
_NOTHING = "keyring.backends.fail.Keyring"
_turns = Turns("pd-lsp-keyring")


def read_entry(name: str, *, seconds: float = TIME_LIMIT) -> str | None:
    """The value kept under `name`, or None where there is none. Raises KeyringError."""
    return _ask(lambda keyring: keyring.get_password(SERVICE, name) or None, seconds)


async def read_entry_async(name: str, *, seconds: float = TIME_LIMIT) -> str | None:
    """As `read_entry`, without blocking the event loop."""
    return await _ask_async(lambda keyring: keyring.get_password(SERVICE, name) or None, seconds)


def write_entry(name: str, value: str, *, seconds: float = TIME_LIMIT) -> None:
    """Keeps `value` under `name`, in place of what was there, and makes sure that it can be read.

    Raises KeyringError, also for a value of more than 16 kB, or of more than 1,280 characters on Windows. After a
    KeyringTimeoutError the value may still be written, once the keyring answers.
    """
    _check_length(value)
    _ask(lambda keyring: _write(keyring, name, value), seconds)


def delete_entry(name: str, *, seconds: float = TIME_LIMIT) -> bool:
    """Deletes what is kept under `name` and says whether there was anything. Raises KeyringError."""
    return _ask(lambda keyring: _delete(keyring, name), seconds)


def keyring_name(*, seconds: float = TIME_LIMIT) -> str | None:
    """What the keyring that would be used is called, None where there is none. Raises KeyringError if it hangs."""
    try:
        return _ask(_name_of, seconds)
    except NoKeyringError:
        return None


async def keyring_name_async(*, seconds: float = TIME_LIMIT) -> str | None:
    """As `keyring_name`, without blocking the event loop."""
    try:
        return await _ask_async(_name_of, seconds)
    except NoKeyringError:
        return None


def _ask(question: "Callable[[KeyringBackend], T]", seconds: float) -> T:
    try:
        return _turns.call(lambda: _answer(question), seconds)
    except OverdueError:
        raise KeyringTimeoutError(seconds) from None


async def _ask_async(question: "Callable[[KeyringBackend], T]", seconds: float) -> T:
    try:
        return await _turns.call_async(lambda: _answer(question), seconds)
    except OverdueError:
        raise KeyringTimeoutError(seconds) from None


def _answer(question: "Callable[[KeyringBackend], T]") -> T:
    try:
        return question(_accepted_keyring())
    except KeyringError:
        raise
    except BaseException as error:  # noqa: BLE001 - a fault of somebody's native code has to become a sentence too
        raise keyring_error_for(error) from None


def _accepted_keyring() -> "KeyringBackend":
    import keyring  # noqa: PLC0415 - slow to import, and most starts of the server never need it
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415 - as above

    logging.getLogger("keyring").setLevel(logging.CRITICAL + 1)  # it logs other people's exceptions
    try:
        chosen = keyring.get_keyring()
    except Exception as error:  # noqa: BLE001 - the person's choice of keyring names code that can fail in any way
        raise NoKeyringError(type(error).__name__) from None
    candidates = chosen.backends if isinstance(chosen, ChainerBackend) else [chosen]
    for candidate in candidates:
        if _type_of(candidate) in _ACCEPTED:
            return candidate
    raise NoKeyringError("" if _type_of(chosen) == _NOTHING else f"{_type_of(chosen)} is none")


def _type_of(keyring: object) -> str:
    return f"{type(keyring).__module__}.{type(keyring).__qualname__}"


def _name_of(keyring: "KeyringBackend") -> str:
    return _ACCEPTED[_type_of(keyring)]


def _write(keyring: "KeyringBackend", name: str, value: str) -> None:
    keyring.set_password(SERVICE, name, value)
    if keyring.get_password(SERVICE, name) != value:  # KWallet's refusal is a number that the library drops
        raise KeyringRefusedError("it did not keep the value")


def _delete(keyring: "KeyringBackend", name: str) -> bool:
    """Each call of the library deletes one, of as many as other programs have put there."""
    for count in range(_MOST_DUPLICATES):
        if keyring.get_password(SERVICE, name) is None:
            return count > 0
        keyring.delete_password(SERVICE, name)
    raise KeyringRefusedError("it still has the value")


def _check_length(value: str) -> None:
    if sys.platform == "win32" and len(value.encode("utf-16-le", "surrogatepass")) > _LARGEST_ON_WINDOWS:
        raise ValueTooLongError("the 1,280 characters that Windows Credential Manager keeps")
    if len(value.encode("utf-8", "surrogatepass")) > _LARGEST_VALUE:
        raise ValueTooLongError("16 kB")
