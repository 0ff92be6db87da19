"""An answer without `status` or without `body`.

Pipedream's documentation asks for both (docs/platform.md, section 1.5). An answer that has no body by its nature, such
as 204 or a redirection, is left alone.

Wrong:

    def handler(pd: "pipedream"):
        pd.respond({"body": {"ok": True}})

Right:

    def handler(pd: "pipedream"):
        pd.respond({"status": 200, "body": {"ok": True}})

Right:

    def handler(pd: "pipedream"):
        pd.respond({"status": 302, "headers": {"Location": "https://example.com/"}})
"""

from collections.abc import Iterator

from pd_lsp.features.rules.answers import answers, is_whole, part
from pd_lsp.features.rules.arguments import arguments, plain
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for call, answer in answers(snapshot) if ".respond" in snapshot.text else ():
        if plain(arguments(call.node)[0]) != answer or not is_whole(answer):
            continue
        status = part(answer, "status")
        if status is None:
            yield Finding(answer.range, 'Say which status the caller gets, such as "status": 200.')
        elif part(answer, "body") is None and not _has_no_body(status):
            yield Finding(answer.range, 'Say what the caller gets, such as "body": "".')


def _has_no_body(status: Node) -> bool:
    return status.kind != "integer" or status.text == "204" or status.text.startswith("3")


RULE = Rule("respond-incomplete", "information", _find)
