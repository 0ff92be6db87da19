"""What both of Pipedream's APIs say about one account, and what is said of it."""

from collections.abc import Mapping
from typing import Any

from pd_lsp.accounts.provider import RefusedError
from pd_lsp.model import Account


def values_in(answer: Mapping[str, Any]) -> Mapping[str, object]:
    """The values of an account that was asked for with them, inside `data` or not; empty where they are not given."""
    inner = answer.get("data")
    entry = inner if isinstance(inner, Mapping) else answer
    values = entry.get("credentials")
    return values if isinstance(values, Mapping) else {}


def dead(account: Account) -> RefusedError:
    """What to say of an account that the service refuses (docs/platform.md, section 4.4)."""
    return RefusedError(f"The {account.app.name} account “{account.label}” is dead: connect it again.")
