"""An app that no account is connected to.

A run here has no credentials for it. The step may still work in Pipedream: an account that is linked in the workflow
builder need not be one that pd-lsp can see (docs/platform.md, section 0), which is why this is said quietly. Silent as
long as not all accounts are known, where workflow.yaml names the account, and for a name that is no app's: the name in
`pd.inputs` is that of a prop, which people can rename.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["notion"]["$auth"]["oauth_access_token"])

Right:

    def handler(pd: "pipedream"):
        return len(pd.inputs["slack"]["$auth"]["oauth_access_token"])

    def other(pd):
        return len(pd.inputs.get("notion", {}).get("$auth", {}))
"""

import re
from collections.abc import Iterator

from pd_lsp.features.rules.account_reads import account_reads
from pd_lsp.features.rules.key_fix import key_fix
from pd_lsp.features.rules.near_name import near_name
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.model import AppSlug
from pd_lsp.syntax.pd_uses import PdUse
from pd_lsp.syntax.snapshot import Snapshot

_NUMBER = re.compile(r"_\d+$")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if not snapshot.accounts.complete:
        return
    for use in account_reads(snapshot):
        app = _app(snapshot, use.path[1])
        if app and not snapshot.accounts.of(app):
            yield from _unconnected(snapshot, use, app)


def _app(snapshot: Snapshot, name: str) -> AppSlug | None:
    """The app whose account is wanted; None where the workflow has the account, or the prop is another rule's."""
    declared = next((prop for prop in snapshot.step.apps if prop.name == name), None) if snapshot.step else None
    if declared:
        return None if declared.account_id else declared.app
    if snapshot.step:
        return None
    return AppSlug(name) if snapshot.catalogue(AppSlug(name)) else AppSlug(_NUMBER.sub("", name))


def _unconnected(snapshot: Snapshot, use: PdUse, app: AppSlug) -> Iterator[Finding]:
    known = snapshot.catalogue(app)
    near = near_name(use.path[1], (account.app.slug for account in snapshot.accounts.accounts))
    if known:
        advice = f"No account of {known.name} is connected: connect one with `pd-lsp accounts connect {app}`."
        fixes = (key_fix(snapshot, use.key, near),) if near and snapshot.step is None else ()
        yield Finding(use.key, advice, fixes)
    elif near and snapshot.step is None:
        message = f"No app is called {app!r}; {near!r} is connected. Write the name that the step has for it."
        yield Finding(use.key, message, (key_fix(snapshot, use.key, near),))


RULE = Rule("app-not-connected", "information", _find)
