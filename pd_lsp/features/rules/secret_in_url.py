"""A secret in the address of a request.

Addresses end up in the logs of servers and of everything on the way. Said only of apps that are known to take this key
in a header.

Wrong:

    import requests

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        return requests.get(f"https://slack.com/api/auth.test?token={token}", timeout=30).json()

Right:

    import requests

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get("https://slack.com/api/auth.test", headers=headers, timeout=30).json()
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import keyword, positional
from pd_lsp.features.rules.meanings import call_meaning
from pd_lsp.features.rules.requests_made import requests_made
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.secret_values import Secret, secrets_in
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if "$auth" not in snapshot.text:
        return
    for call in requests_made(snapshot, "requests", "httpx"):
        for part in _address(snapshot, call):
            for secret in secrets_in(snapshot.tree, part):
                header = _header(snapshot, secret)
                if header:
                    message = f"Addresses end up in logs: {secret.prop!r} takes {secret.name!r} in the header {header}."
                    yield Finding(secret.node.range, message)


def _address(snapshot: Snapshot, call: Node) -> Iterator[Node]:
    """The address of a request, and its `params`."""
    place = 1 if (call_meaning(snapshot.tree, call) or "").endswith(".request") else 0
    address = keyword(call, "url") or next(iter(positional(call)[place:]), None)
    yield from (part for part in (address, keyword(call, "params")) if part)


def _header(snapshot: Snapshot, secret: Secret) -> str:
    """The header in which the app takes the secret; empty where that is not known."""
    headers = snapshot.headers_of(snapshot.app_prop(secret.prop).app) if secret.prop else {}
    return next((name for name, value in headers.items() if f"{{{secret.name}}}" in value), "")


RULE = Rule("secret-in-url", "warning", _find)
