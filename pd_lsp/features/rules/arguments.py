"""The arguments of a call."""

from pd_lsp.syntax.tree import Node

_UNPACKED = ("list_splat", "dictionary_splat")


def arguments(call: Node) -> list[Node]:
    """What stands between the brackets of a call, comments apart."""
    found = call.field("arguments")
    if found is None:
        return []
    return [found] if found.kind != "argument_list" else [one for one in found.children if one.kind != "comment"]


def positional(call: Node) -> list[Node]:
    """The arguments without a name, as far as none is unpacked."""
    return [one for one in arguments(call) if one.kind not in ("keyword_argument", *_UNPACKED)]


def keyword(call: Node, name: str) -> Node | None:
    """The value of the argument called `name`."""
    for one in arguments(call):
        word = one.field("name") if one.kind == "keyword_argument" else None
        if word and word.text == name:
            return one.field("value")
    return None


def is_unpacked(call: Node) -> bool:
    """Whether some arguments come out of a list or a dict, so that nobody can say which there are."""
    return any(one.kind in _UNPACKED for one in arguments(call))


def plain(node: Node) -> Node:
    """What stands in brackets that only hold it together."""
    while node.kind == "parenthesized_expression" and len(node.children) == 1:
        node = node.children[0]
    return node
