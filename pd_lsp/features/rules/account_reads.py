"""Where a step surely needs an account: it reads `$auth` of a name in `pd.inputs`."""

from collections.abc import Callable, Iterator

from pd_lsp.features.rules.guards import asked_for
from pd_lsp.model import Account
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot


def account_reads(snapshot: Snapshot) -> Iterator[PdUse]:
    """The reads of `pd.inputs["name"]` that need an account, where nobody has thought of one that is missing."""
    asked = asked_for(snapshot.tree, ("inputs",))
    return (use for use in _reads(pd_uses(snapshot.tree)) if use.read_by == "subscript" and use.path[1] not in asked)


def ill_accounts(snapshot: Snapshot, is_ill: Callable[[Account], bool]) -> Iterator[tuple[PdUse, Account]]:
    """The first read of each name whose account is ill, or of whose accounts all are."""
    said = set()
    for use in _reads(pd_uses(snapshot.tree)):
        accounts = _accounts(snapshot, use.path[1])
        if accounts and use.path not in said and all(map(is_ill, accounts)):
            said.add(use.path)
            yield use, accounts[0]


def _reads(uses: tuple[PdUse, ...]) -> Iterator[PdUse]:
    with_auth = {use.path[1] for use in uses if use.path[0] == "inputs" and use.path[2:3] == ("$auth",)}
    for use in uses:
        match use.path, use.read_by:
            case ("inputs", name), "subscript" | "get" if name in with_auth:
                yield use


def _accounts(snapshot: Snapshot, name: str) -> tuple[Account, ...]:
    """The accounts that `name` can mean; none where not all of them are known."""
    prop = snapshot.app_prop(name)
    if prop.account_id:
        named = snapshot.accounts.by_id(prop.account_id)
        return (named,) if named else ()
    return snapshot.accounts.of(prop.app) if snapshot.accounts.complete else ()
