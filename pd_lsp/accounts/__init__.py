"""Where connected accounts come from. The only room that asks the network or the keyring."""

from pd_lsp.accounts.provider import AccountProvider, NoAccounts
from pd_lsp.accounts.sign_in import ClientKey, SignIn, sign_in_for


def open_provider(sign_in: SignIn) -> AccountProvider:
    """The provider for what the person signed in with; one that knows no accounts where that is nothing.

    Raises AccountsError for what can't be a project.
    """
    providers: list[AccountProvider] = []
    if sign_in.local_accounts:
        from pd_lsp.accounts.local import Local  # noqa: PLC0415 - with it comes the catalogue

        providers.append(Local(sign_in.local_accounts, sign_in.environment or {}))
    if sign_in.project and sign_in.client:
        from pd_lsp.accounts.connect import Connect  # noqa: PLC0415 - httpx is slow to import, and here is its door

        providers.append(Connect(sign_in.project, sign_in.client))
    if sign_in.api_key:
        from pd_lsp.accounts.rest import Rest  # noqa: PLC0415 - as above

        providers.append(Rest(sign_in.api_key))
    if not providers:
        return NoAccounts()
    from pd_lsp.accounts.several import Several  # noqa: PLC0415 - nobody needs it before

    return Several(providers)


__all__ = ["AccountProvider", "ClientKey", "SignIn", "open_provider", "sign_in_for"]
