"""`pd.export` without a name, or without a value.

It takes a name and a value (docs/platform.md, section 1.2), and raises `TypeError` with more or with fewer.

Wrong:

    def handler(pd: "pipedream"):
        pd.export({"total": 3})

Right:

    def handler(pd: "pipedream"):
        pd.export("total", 3)
"""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments, is_unpacked
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.pd_calls import pd_calls
from pd_lsp.syntax.snapshot import Snapshot

_NAME_AND_VALUE = 2


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for call in pd_calls(snapshot.tree, "export") if ".export" in snapshot.text else ():
        if len(arguments(call.node)) != _NAME_AND_VALUE and not is_unpacked(call.node) and not call.node.has_error:
            yield Finding(call.node.range, 'Give it a name and a value: pd.export("name", value). This call will fail.')


RULE = Rule("export-arguments", "error", _find)
