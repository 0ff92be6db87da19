"""Calls of the members of `pd`, such as `pd.flow.exit("…")`."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.pd_path import is_pd
from pd_lsp.syntax.tree import Node, Tree


@dataclass(frozen=True, slots=True)
class PdCall:
    """One call."""

    member: str
    """The path below `pd`: `flow.exit`."""
    node: Node
    """The whole call in the tree."""

    @property
    def arguments(self) -> list[Node]:
        """What stands between the brackets, keyword arguments and comments included."""
        arguments = self.node.field("arguments")
        return arguments.children if arguments else []


def pd_calls(tree: Tree, member: str) -> Iterator[PdCall]:
    """The calls of one member, in the order of the text, by whatever name the text has for `pd`."""
    names = member.split(".")
    found = [way[-1].node for way in identifiers(tree, Sought(names[-1]), patient=True)]
    for name in reversed(found):
        attribute = name.parent
        call = attribute.parent if attribute else None
        if attribute is None or call is None or call.kind != "call" or call.field("function") != attribute:
            continue
        dotted = dotted_names(attribute)
        if dotted and dotted[1:] == names and is_pd(tree, dotted[0], name.range.start):
            yield PdCall(member, call)


def dotted_names(attribute: Node) -> list[str] | None:
    """The names of `a.b.c`; None where anything else stands in it."""
    names: list[str] = []
    node: Node | None = attribute
    while node is not None and node.kind == "attribute":
        name = node.field("attribute")
        names.append(name.text if name else "")
        node = node.field("object")
    return [node.text, *reversed(names)] if node is not None and node.kind == "identifier" else None
