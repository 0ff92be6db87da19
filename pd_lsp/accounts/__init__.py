"""Where connected accounts come from. The only room that asks the network or the keyring."""

from pd_lsp.accounts.provider import AccountProvider, NoAccounts
from pd_lsp.accounts.sign_in import ClientKey
from pd_lsp.settings import Settings


def open_provider(settings: Settings, key: ClientKey | None) -> AccountProvider:
    """The provider that `settings` ask for; one that knows no accounts where nobody has signed in."""
    if settings.project is None or key is None:
        return NoAccounts()
    from pd_lsp.accounts.connect import Connect  # noqa: PLC0415 - httpx is slow to import, and here is its one door

    return Connect(settings.project, key)


__all__ = ["AccountProvider", "ClientKey", "open_provider"]
