"""What both of Pipedream's APIs say about one account, and what is said of it."""

from collections.abc import Mapping
from typing import Any

from pd_lsp.accounts.names import ACCOUNT_ID
from pd_lsp.accounts.provider import RefusedError
from pd_lsp.model import Account


def values_in(answer: Mapping[str, Any]) -> Mapping[str, object]:
    """The values of an account that was asked for with them, inside `data` or not; empty where they are not given."""
    inner = answer.get("data")
    entry = inner if isinstance(inner, Mapping) else answer
    values = entry.get("credentials")
    return values if isinstance(values, Mapping) else {}


def refuse_in_vain(account: Account) -> None:
    """Raises RefusedError for an account of which asking for its values is in vain, or could ask for something else.

    That is one that the service refuses (docs/platform.md, section 4.4), and one whose id is none of Pipedream's.
    """
    if account.dead:
        raise RefusedError(f"The {account.app.name} account “{account.label}” is dead: connect it again.")
    if not ACCOUNT_ID.fullmatch(account.id):
        raise RefusedError(f"{account.id!r} is no id of an account of Pipedream: refresh the accounts.")
