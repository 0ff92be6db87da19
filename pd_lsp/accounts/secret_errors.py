"""How a secret can fail to be had. Each error names what is so, and what the person does next (D15)."""

from pd_lsp.accounts.provider import AccountsError, SignedOutError

_ANOTHER_WAY = "set the PIPEDREAM_* variables, or name a command that prints the secret"
_LOCKED = {"KeyringLocked", "LockedException", "PromptDismissedException", "KeychainDenied"}
"""Types of exceptions that mean it: the keyring library's, and those that it wraps in exceptions of another type."""
_GONE = {"SecretServiceNotAvailableException"}
"""The same, for a keyring that was there when the library chose it."""


class SecretError(AccountsError):
    """One place did not give, take or delete a secret."""

    def __init__(self, what: str, next_step: str) -> None:
        """`what` is so, as the beginning of a sentence; `next_step` is its end."""
        super().__init__(f"{what}: {next_step}.")
        self.what = what


class KeyringError(SecretError):
    """The keyring did not do what it was asked."""


class NoKeyringError(KeyringError):
    """There is no keyring of the kinds that count (D1)."""

    def __init__(self, reason: str = "") -> None:
        """`reason` is what was there in its place, or the type of the exception that came instead."""
        what = "There is no keyring here that pd-lsp accepts"
        super().__init__(f"{what} ({reason})" if reason else what, _ANOTHER_WAY)


class KeyringLockedError(KeyringError):
    """The keyring is locked, and the person has not unlocked it."""

    def __init__(self) -> None:
        what = "The keyring is locked, or its question was dismissed"
        super().__init__(what, f"unlock it and try again, or {_ANOTHER_WAY}")


class KeyringTimeoutError(KeyringError):
    """The keyring did not answer in time, or has not answered an earlier call yet."""

    def __init__(self, seconds: float) -> None:
        what = f"The keyring did not answer in {seconds:g} seconds"
        super().__init__(what, f"unlock it and try again, or {_ANOTHER_WAY}")


class KeyringRefusedError(KeyringError):
    """The keyring said no for another reason."""

    def __init__(self, reason: str) -> None:
        """`reason` is the type of its exception, never the text, or words of ours."""
        what = f"The keyring refused ({reason})"
        super().__init__(what, f"see whether it is unlocked and try again, or {_ANOTHER_WAY}")


class ValueTooLongError(KeyringError):
    """The value is longer than a keyring is asked to keep."""

    def __init__(self, limit: str) -> None:
        super().__init__(f"The value is longer than {limit}", "name a command that prints it instead")


class CommandError(SecretError):
    """The command that prints a secret did not print one."""


class NoSecretError(SignedOutError):
    """A secret is in none of the places it was looked for."""

    def __init__(self, message: str, problems: tuple[SecretError, ...]) -> None:
        """`problems` are the places that failed, as opposed to those that just had nothing."""
        super().__init__(message)
        self.problems = problems


def keyring_error_for(error: BaseException) -> KeyringError:
    """The sentence for an exception that came out of the keyring library: what counts is its type, never its text."""
    behind: BaseException | None = error
    while behind is not None:
        if type(behind).__name__ in _LOCKED:
            return KeyringLockedError()
        if type(behind).__name__ in _GONE:
            return NoKeyringError(type(behind).__name__)
        behind = behind.__cause__
    return KeyringRefusedError(type(error).__name__)
