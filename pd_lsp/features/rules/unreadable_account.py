"""An account whose token is not given out.

Pipedream gives out the credentials of key-based apps, and of accounts that were made with one's own OAuth client
(docs/platform.md, section 0). The step works in Pipedream, but a run here gets no token. Known only after a run has
learned it.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["google_sheets"]["$auth"]["oauth_access_token"])

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
    for use, account in ill_accounts(snapshot, _is_unreadable):
        message = (
            f"The token of the account {account.label!r} can't be read, so a run here has none: connect an account "
            f"through an OAuth client of your own, or keep a token with `pd-lsp accounts add {account.app.slug}`."
        )
        yield Finding(use.key, message)


def _is_unreadable(account: Account) -> bool:
    return account.unreadable and not account.dead


RULE = Rule("unreadable-account", "information", _find)
