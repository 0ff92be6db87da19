"""An account whose token could not be renewed the last time.

It may work again by itself, or may be about to be refused for good. Silent where another account could be meant.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["linear"]["$auth"]["oauth_access_token"])

Right:

    def handler(pd: "pipedream"):
        return len(pd.inputs["slack"]["$auth"]["oauth_access_token"])
"""

from collections.abc import Iterator

from pd_lsp.features.rules.account_reads import ill_accounts
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.model import Account
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for use, account in ill_accounts(snapshot, _is_unhealthy):
        message = (
            f"The last renewal of the account {account.label!r} failed: if {account.app.name} refuses it, connect it "
            f"again with `pd-lsp accounts connect {account.app.slug}`."
        )
        yield Finding(use.key, message)


def _is_unhealthy(account: Account) -> bool:
    return not account.healthy and not account.dead


RULE = Rule("unhealthy-account", "information", _find)
