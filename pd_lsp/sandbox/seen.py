"""What the sandbox remembers of the requests that arrived, for tests to look at."""

from collections.abc import Iterable
from dataclasses import dataclass

from pd_lsp.sandbox.accounts import SandboxAccount
from pd_lsp.sandbox.exchange import Answer, Delivery, Request
from pd_lsp.sandbox.extra import extra_account_in, is_extra

_TELLING = 20
"""Characters from which on a value belongs to one account alone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that arrived, without any value of its headers, and the status it got."""

    host: str
    """Empty for the API itself."""
    method: str
    target: str
    header_names: tuple[str, ...]
    account: str | None
    """The id of the account whose credential it carried, in a header, in its address or in its body."""
    status: int
    """0 where the connection ended before any."""

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]

    @property
    def authorized(self) -> bool:
        """Whether it came with an `Authorization` header, good or not."""
        return "authorization" in self.header_names


def seen(request: Request, answer: Answer, accounts: Iterable[SandboxAccount]) -> Seen:
    """What there is to remember of one exchange."""
    sent = "\n".join([*request.headers.values(), request.target, request.body.decode("latin-1")])
    carried = (
        account.id
        for account in accounts
        if not is_extra(account)
        and any(len(value) >= _TELLING and value in sent for value in account.credentials.values())
    )
    account = extra_account_in(sent) or next(carried, None)
    status = 0 if answer.delivery in {Delivery.DROPPED, Delivery.RESET} else answer.status
    return Seen(request.host, request.method, request.target, tuple(request.headers), account, status)
