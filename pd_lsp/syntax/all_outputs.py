"""Whether a step's text tells everything that the step gives on, so that another name may be called unknown."""

import re

from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.step_outputs import names_of_pd
from pd_lsp.syntax.tree import Branch, Tree

_REACHES_ALL = ("getattr", "yield", "exec(", "eval(")
"""What can export anything, or makes a step that does not simply return."""
_KEEPS = {"assignment": "right", "named_expression": "value", "attribute": "object"}
_PARAMETERS = ("parameters", "typed_parameter", "default_parameter", "typed_default_parameter")


def tells_all_outputs(tree: Tree) -> bool:
    """Whether `step_outputs` are certainly all names that the step gives on.

    Not where the text is broken, has no handler or several, exports under a computed name or by another name for `pd`,
    or hands `pd` to code that is not in the text.
    """
    if tree.root.has_error or len(handlers(tree)) != 1 or any(word in tree.text for word in _REACHES_ALL):
        return False
    names = names_of_pd(tree)
    exports = identifiers(tree, Sought("export"), patient=True)
    return all(_is_plain_export(way, names) for way in exports) and all(
        _stays(tree, way) for name in names for way in identifiers(tree, Sought(name, anywhere=False), patient=True)
    )


def _is_plain_export(way: list[Branch], names: set[str]) -> bool:
    """Whether an `export` is that of `pd.export("name", …)`."""
    attribute, call = way[-2].node, way[-3].node if len(way) > 2 else None  # noqa: PLR2004
    if way[-1].field != "attribute" or call is None or way[-2].field != "function":
        return False
    before, arguments = attribute.field("object"), call.field("arguments")
    first = arguments.children[0] if arguments and arguments.children else None
    is_of_pd = before is not None and before.text.rpartition(".")[2] in names
    return is_of_pd and first is not None and first.kind == "string" and string_value(first.text) is not None


def _stays(tree: Tree, way: list[Branch]) -> bool:
    """Whether a place where `pd` stands keeps it in the text: a parameter, a read, an assignment, a call of our own."""
    parent, place = way[-2].node, way[-1]
    if parent.kind in _PARAMETERS or (parent.kind in _KEEPS and _KEEPS[parent.kind] == place.field):
        return True
    call = next((branch.node for branch in reversed(way) if branch.node.kind == "call"), None)
    function = call.field("function") if call and parent.kind in ("argument_list", "keyword_argument") else None
    return function is not None and re.search(rf"\b(def|class) {re.escape(function.text)}\b", tree.text) is not None
