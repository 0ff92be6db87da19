"""Where connected accounts come from, and how that can fail."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn, Protocol, TypeVar

from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts

T = TypeVar("T")


class AccountsError(Exception):
    """Accounts could not be had. The message says what to do next, and holds no text of the service (D15)."""

    seconds: float | None = None
    """For how long whoever was asked wants to be left alone, where it says so."""

    @property
    def lasting(self) -> str:
        """The sentence without what is another each time, so that nobody has to read it twice."""
        return str(self)


def told_apart(answers: Iterable[T | BaseException]) -> tuple[list[T], list[AccountsError]]:
    """What several that were asked at once have answered, and why others have not. Raises any other exception."""
    given: list[T] = []
    errors: list[AccountsError] = []
    for answer in answers:
        if isinstance(answer, AccountsError):
            errors.append(answer)
        elif isinstance(answer, BaseException):
            raise answer
        else:
            given.append(answer)
    return given, errors


class SignedOutError(AccountsError):
    """Nobody has signed in, or the key is no longer good."""


class NobodySignedInError(SignedOutError):
    """Nobody has signed in yet: no reason to bother anybody who does not ask for accounts."""


class RejectedKeyError(SignedOutError):
    """The service refused the key."""


class UnreachableError(AccountsError):
    """The service could not be reached, or did not answer in time."""


class BusyError(UnreachableError):
    """The service wants to be asked again later."""

    def __init__(self, what: str, seconds: float | None = None) -> None:
        """`what` is so, as the beginning of a sentence; its end says when to try again."""
        super().__init__(f"{what}: try again {_when(seconds)}.")
        self.seconds = seconds
        self._what = what

    @property
    def lasting(self) -> str:
        """Without the time."""
        return f"{self._what}: try again later."


def _when(seconds: float | None) -> str:
    if seconds is None:
        return "later"
    minutes = seconds / 60
    return f"in {seconds:.0f} s" if minutes < 2 else f"in {minutes:.0f} min"  # noqa: PLR2004 - two minutes


class RefusedError(AccountsError):
    """The service answered, and said no, or something that can't be understood."""


class GoneError(RefusedError):
    """What was asked for is not there, or no longer."""


class AnswerTooLargeError(RefusedError):
    """The answer has more bytes than are read."""


class BadQuestionError(RefusedError):
    """The service does not take what was asked, as it was asked."""


class ForbiddenError(RefusedError):
    """The key is good, and may not do this."""


class UnreadableTokenError(AccountsError):
    """The account is connected, but its credentials are not given out (docs/platform.md, section 4.4)."""


@dataclass(frozen=True, slots=True)
class PartOfAccounts(Accounts):
    """What some providers have while others fail; `problems` are theirs."""

    pause: float | None = None
    """Seconds for which one of those that failed wants to be left alone, where it says so."""


def not_kept_here(account: Account) -> RefusedError:
    """What to say of an account that a project file names, and that this person does not keep."""
    label = shlex.quote(account.label)
    return RefusedError(
        f"No values of the {account.app.name} account “{account.label}” are kept here: type "
        f"`pd-lsp accounts add {account.app.slug} --label {label}` in a terminal."
    )


class AccountProvider(Protocol):
    """Where connected accounts come from."""

    async def accounts(self) -> Accounts:
        """Names of what is connected, never values. Raises AccountsError."""

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of one account, for a run that is about to start, marked as those of `source`.

        Raises AccountsError.
        """

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:
        """By step and prop, the `apn_…` ids that the platform has for a workflow; empty where it does not tell."""

    def own_secrets(self) -> tuple[Secret, ...]:
        """The key and token that the provider itself holds now, for the redactor (D14)."""

    async def close(self) -> None:
        """Lets go of connections."""


class NoAccounts:
    """What there is before anybody has signed in, or of a sign-in that can't work."""

    def __init__(self, error: AccountsError | None = None) -> None:
        """`error` is why there are none; None: nobody has signed in."""
        self._error = error or NobodySignedInError(_SIGN_IN)

    async def accounts(self) -> NoReturn:
        """Never any: raises why."""
        raise self._error

    async def credentials(self, account: Account, source: str) -> NoReturn:  # noqa: ARG002 - the protocol's words
        """Never any: raises why."""
        raise self._error

    async def accounts_of_steps(self, workflow_id: str) -> dict[str, dict[str, str]]:  # noqa: ARG002 - as above
        """None."""
        return {}

    def own_secrets(self) -> tuple[Secret, ...]:
        """None."""
        return ()

    async def close(self) -> None:
        """Nothing to let go of."""


_SIGN_IN = (
    "Nobody is signed in: type `pd-lsp login` in a terminal, keep an account here with `pd-lsp accounts add APP`, or "
    "try everything without an account with --sandbox."
)
