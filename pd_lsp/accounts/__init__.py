"""Where connected accounts come from. The only room that asks the network or the keyring."""

from collections.abc import Callable, Iterator
from functools import partial

from pd_lsp.accounts.provider import AccountProvider, AccountsError, NoAccounts
from pd_lsp.accounts.sign_in import ClientKey, SignIn, sign_in_for


def open_provider(sign_in: SignIn) -> AccountProvider:
    """The provider for what the person signed in with; one that knows no accounts where that is nothing.

    A part of it that can't work, such as a project that can't be one, says so when it is asked, and is in nobody's way.
    """
    providers = [_opened(make) for make in _makers(sign_in)]
    if not providers:
        return NoAccounts()
    from pd_lsp.accounts.several import Several  # noqa: PLC0415 - nobody needs it before

    return Several(providers)


def _opened(make: Callable[[], AccountProvider]) -> AccountProvider:
    try:
        return make()
    except AccountsError as error:
        return NoAccounts(error)


def _makers(sign_in: SignIn) -> Iterator[Callable[[], AccountProvider]]:
    """What makes each provider, in the order in which they count."""
    if sign_in.local_accounts:
        from pd_lsp.accounts.local import Local  # noqa: PLC0415 - with it comes the catalogue

        yield partial(Local, sign_in.local_accounts, sign_in.environment or {})
    if sign_in.project and sign_in.client:
        from pd_lsp.accounts.connect import Connect  # noqa: PLC0415 - httpx is slow to import, and here is its door

        yield partial(Connect, sign_in.project, sign_in.client)
    if sign_in.api_key:
        from pd_lsp.accounts.rest import Rest  # noqa: PLC0415 - as above

        yield partial(Rest, sign_in.api_key)


__all__ = ["AccountProvider", "ClientKey", "SignIn", "open_provider", "sign_in_for"]
