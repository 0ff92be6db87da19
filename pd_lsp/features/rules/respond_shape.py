"""An answer that `pd.respond` can't send.

It takes one dict: `status` a number, `body` something that JSON can hold, `headers` a dict (docs/platform.md, section
1.5).

Wrong:

    def handler(pd: "pipedream"):
        pd.respond({"status": "200", "body": "Thank you"})

Wrong:

    def handler(pd: "pipedream"):
        pd.respond("Thank you")

Right:

    def handler(pd: "pipedream"):
        pd.respond({"status": 200, "headers": {"X-Seen": "yes"}, "body": "Thank you"})
"""

from collections.abc import Iterator

from pd_lsp.features.rules.answers import answers, part
from pd_lsp.features.rules.arguments import arguments, is_unpacked
from pd_lsp.features.rules.not_json_values import not_json
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.values import value_of
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_calls import PdCall, pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit

_TEXTS = ("string", "concatenated_string", "integer", "float", "true", "false", "none", "list", "tuple", "set")
_NO_STATUS = ("concatenated_string", "dictionary", "list", "tuple", "none", "set")
_NO_HEADERS = ("string", "concatenated_string", "integer", "list", "tuple", "set")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if ".respond" not in snapshot.text:
        return
    for call in pd_calls(snapshot.tree, "respond"):
        yield from _no_dict(snapshot, call)
    for _, answer in answers(snapshot):
        yield from _status(snapshot, answer)
        headers = part(answer, "headers")
        if headers and value_of(snapshot.tree, headers).kind in _NO_HEADERS:
            yield Finding(headers.range, 'headers must be a dict, such as {"Content-Type": "text/html"}.')
        body = part(answer, "body")
        for found in not_json(snapshot.tree, body) if body else ():
            yield Finding(found.node.range, f"This is {found.what}, which JSON can't hold: it can't be sent.")


def _no_dict(snapshot: Snapshot, call: PdCall) -> Iterator[Finding]:
    given = arguments(call.node)
    message = 'pd.respond takes one dict: {"status": 200, "body": …}.'
    if is_unpacked(call.node) or call.node.has_error:
        return
    if len(given) != 1 or given[0].kind == "keyword_argument":
        yield Finding(call.node.range, message)
    elif value_of(snapshot.tree, given[0]).kind in _TEXTS:
        fix = Fix("Send it as the body", (TextEdit(given[0].range, f'{{"status": 200, "body": {given[0].text}}}'),))
        yield Finding(given[0].range, message, (fix,))


def _status(snapshot: Snapshot, answer: Node) -> Iterator[Finding]:
    status = part(answer, "status")
    value = value_of(snapshot.tree, status) if status else None
    if status is None or value is None:
        return
    text = (string_value(value.text) or "") if value.kind == "string" else ""
    if value.kind in _NO_STATUS or value.kind == "string":
        fix = Fix(f"Change to {text}", (TextEdit(status.range, text),), is_preferred=True)
        yield Finding(
            status.range, "status must be a number, such as 200.", (fix,) if _is_code(text) and status == value else ()
        )


def _is_code(text: str) -> bool:
    return len(text) == len("200") and text.isascii() and text.isdigit()


RULE = Rule("respond-shape", "warning", _find)
