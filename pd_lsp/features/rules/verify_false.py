"""A request that believes any server.

With `verify=False` nobody checks that the server is the one that it says, so that anybody on the way can read the
request, its token included, and change the answer.

Wrong:

    import requests

    def handler(pd: "pipedream"):
        return requests.get("https://example.com/", timeout=30, verify=False).json()

Right:

    import requests

    def handler(pd: "pipedream"):
        return requests.get("https://example.com/", timeout=30).json()
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import keyword
from pd_lsp.features.rules.requests_made import requests_made
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for call in requests_made(snapshot, "requests", "httpx") if "verify" in snapshot.text else ():
        value = keyword(call, "verify")
        argument = value.parent if value else None
        if value and argument and value.kind == "false":
            message = "Nobody checks who answers: anybody on the way can read the request, its token included."
            yield Finding(argument.range, message, (_fix(value),))


def _fix(value: Node) -> Fix:
    return Fix("Check the certificate", (TextEdit(value.range, "True"),))


RULE = Rule("verify-false", "warning", _find)
