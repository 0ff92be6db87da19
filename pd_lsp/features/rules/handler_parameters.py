"""A handler that can't be called with `pd` alone.

Pipedream calls the handler with one argument, `pd` (docs/platform.md, section 1.1). More parameters are fine as long as
they have defaults; what earlier steps gave is in `pd.steps`.

Wrong:

    def handler(pd: "pipedream", steps):
        return steps["trigger"]["event"]

Wrong:

    def handler():
        return 1

Right:

    def handler(pd: "pipedream", limit=10):
        return pd.steps["trigger"]["event"][:limit]
"""

from collections.abc import Iterator
from itertools import pairwise

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.statements import running_handler
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextEdit, TextRange

_NEEDED = ("identifier", "typed_parameter")
_TAKES_PD = (*_NEEDED, "default_parameter", "typed_default_parameter", "list_splat_pattern")
_DIVIDERS = ("positional_separator", "keyword_separator", "comment")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    handler = running_handler(snapshot.tree)
    parameters = handler.field("parameters") if handler else None
    if handler is None or parameters is None or parameters.has_error or not _is_plain(handler):
        return
    given = [one for one in parameters.children if one.kind not in _DIVIDERS]
    if not given or _kind(parameters.children[0]) == "keyword_separator" or _kind(given[0]) not in _TAKES_PD:
        fix = Fix("Take pd", (TextEdit(parameters.range, '(pd: "pipedream")'),), is_preferred=True)
        yield Finding(
            parameters.range, "Pipedream calls the handler with pd: give it that one parameter.", (fix,) * (not given)
        )
        return
    for before, extra in pairwise(given):
        if _kind(given[0]) != "list_splat_pattern" and _kind(extra) in _NEEDED:
            message = f"Pipedream calls the handler with pd alone: {_name(extra)} gets nothing, and the call fails."
            yield Finding(extra.range, message, _fixes(snapshot.tree, handler, before, extra))


def _is_plain(handler: Node) -> bool:
    """Whether no decorator can change how it is called."""
    return handler.parent is not None and handler.parent.kind == "module"


def _kind(parameter: Node) -> str:
    """Its kind; of one with an annotation, `*args: int`, what stands before the colon."""
    inner = parameter.children[0] if parameter.kind == "typed_parameter" and parameter.children else None
    return inner.kind if inner and inner.kind.endswith("splat_pattern") else parameter.kind


def _name(parameter: Node) -> str:
    return parameter.text if parameter.kind == "identifier" else parameter.children[0].text


def _fixes(tree: Tree, handler: Node, before: Node, extra: Node) -> tuple[Fix, ...]:
    """Takes away a parameter that the handler never uses."""
    name = _name(extra)
    uses = list(identifiers(tree, Sought(name), handler.range, patient=True))
    if len(uses) != 1 or before.range.end != extra.range.start - len(", "):
        return ()
    place = TextRange(Offset(before.range.end), Offset(extra.range.end))
    return (Fix(f"Take {name} away", (TextEdit(place, ""),), is_preferred=True),)


RULE = Rule("handler-parameters", "error", _find)
