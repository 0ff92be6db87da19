"""A request that waits for ever.

`requests` sets no time limit of its own: a server that does not answer keeps the step until the workflow is stopped.
Off unless asked for.

Wrong:

    import requests

    def handler(pd: "pipedream"):
        return requests.get("https://example.com/").json()

Right:

    import requests

    def handler(pd: "pipedream"):
        return requests.get("https://example.com/", timeout=30).json()
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments, is_unpacked, keyword
from pd_lsp.features.rules.requests_made import requests_made
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for call in requests_made(snapshot, "requests"):
        if keyword(call, "timeout") is None and not is_unpacked(call) and not call.has_error:
            function = call.field("function") or call
            yield Finding(
                function.range, "This waits for ever if the server does not answer: give it a timeout.", _fix(call)
            )


def _fix(call: Node) -> tuple[Fix, ...]:
    given = arguments(call)
    if not given or given[-1].kind == "generator_expression":
        return ()
    place = TextRange(given[-1].range.end, given[-1].range.end)
    return (Fix("Add timeout=30", (TextEdit(place, ", timeout=30"),), is_preferred=True),)


RULE = Rule("no-timeout", "off", _find)
