"""Where connected accounts come from, and how that can fail."""

from typing import Protocol

from pd_lsp.credentials import Credentials, Secret
from pd_lsp.model import Account, Accounts


class AccountsError(Exception):
    """Accounts could not be had. The message says what to do next, and holds no text of the service (D15)."""


class SignedOutError(AccountsError):
    """Nobody has signed in, or the key is no longer good."""


class UnreachableError(AccountsError):
    """The service could not be reached, or did not answer in time."""


class RefusedError(AccountsError):
    """The service answered, and said no, or something that can't be understood."""


class UnreadableTokenError(AccountsError):
    """The account is connected, but its credentials are not given out (docs/platform.md, section 4.4)."""


class AccountProvider(Protocol):
    """Where connected accounts come from."""

    async def accounts(self) -> Accounts:
        """Names of what is connected. Raises AccountsError."""

    async def credentials(self, account: Account, source: str) -> Credentials:
        """The values of one account, for a run that is about to start, marked as those of `source`.

        Raises AccountsError.
        """

    def own_secrets(self) -> tuple[Secret, ...]:
        """The key and token that the provider itself holds now, for the redactor (D14)."""

    async def close(self) -> None:
        """Lets go of connections."""


class NoAccounts:
    """What there is before anybody has signed in."""

    async def accounts(self) -> Accounts:
        """Never any: raises SignedOutError."""
        raise SignedOutError(_SIGN_IN)

    async def credentials(self, account: Account, source: str) -> Credentials:  # noqa: ARG002 - the protocol's words
        """Never any: raises SignedOutError."""
        raise SignedOutError(_SIGN_IN)

    def own_secrets(self) -> tuple[Secret, ...]:
        """None."""
        return ()

    async def close(self) -> None:
        """Nothing to let go of."""


_SIGN_IN = (
    "Nobody is signed in: set PIPEDREAM_CLIENT_ID, PIPEDREAM_CLIENT_SECRET, PIPEDREAM_PROJECT_ID and "
    "PD_LSP_EXTERNAL_USER_ID, or try everything without an account with --sandbox."
)
