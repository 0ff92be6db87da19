"""A prop that a step in Python can't have, read with a default that it therefore always gets.

Steps in Python have props for apps and for data stores; text and number props are those of Node
(docs/platform.md, section 1.4). Only where workflow.yaml tells which props the step has.

Wrong:

    def handler(pd: "pipedream"):
        return pd.inputs.get("max_results", 10)

Right:

    import os


    def handler(pd: "pipedream"):
        return int(os.environ.get("MAX_RESULTS", "10"))
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.model import AppSlug
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot

_PLAIN = ("string", "integer", "float", "true", "false", "list", "unary_operator")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.step is None:
        return
    names = {*(prop.name for prop in snapshot.step.apps), *snapshot.step.data_stores}
    for use in pd_uses(snapshot.tree):
        match use.path:
            case ("inputs", name) if name not in names and _has_plain_default(use) and not _is_app(snapshot, name):
                message = (
                    f"A step in Python has no plain props, so {name!r} always gets its default: take it from an "
                    f"environment variable, or from an earlier step that returns it."
                )
                yield Finding(use.key, message)


def _is_app(snapshot: Snapshot, name: str) -> bool:
    return bool(snapshot.catalogue(AppSlug(name)) or snapshot.accounts.of(AppSlug(name)))


def _has_plain_default(use: PdUse) -> bool:
    arguments = use.node.field("arguments") if use.read_by == "get" else None
    return arguments is not None and len(arguments.children) > 1 and arguments.children[1].kind in _PLAIN


RULE = Rule("plain-prop", "information", _find)
