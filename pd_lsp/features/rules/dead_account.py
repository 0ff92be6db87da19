"""An account that its service refuses.

Pipedream calls such an account dead: its token was taken back or has run out for good, and each request fails. Silent
where another account could be meant.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["mastodon"]["$auth"]["access_token"])

Right:

    def handler(pd: "pipedream"):
        return len(pd.inputs["slack"]["$auth"]["oauth_access_token"])
"""

from collections.abc import Iterator

from pd_lsp.features.rules.account_reads import ill_accounts
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for use, account in ill_accounts(snapshot, lambda account: account.dead):
        message = (
            f"{account.app.name} refuses the account {account.label!r}: connect it again with "
            f"`pd-lsp accounts connect {account.app.slug}`."
        )
        yield Finding(use.key, message)


RULE = Rule("dead-account", "warning", _find)
