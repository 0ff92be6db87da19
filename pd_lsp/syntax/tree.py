"""The only file that talks to tree-sitter: a text as a tree, half-typed or not, with places in code points.

tree-sitter counts UTF-8 bytes. For text that is all ASCII, bytes and code points are the same; else a line's
start is looked up and only that line is decoded.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import tree_sitter
import tree_sitter_python

from pd_lsp.text import Offset, TextRange

DEEPEST = 10_000
"""How far down a tree is looked into: Python gives up on code that is a tenth as deep."""


@cache
def _language() -> tree_sitter.Language:
    return tree_sitter.Language(tree_sitter_python.language())


@cache
def _query(source: str) -> tree_sitter.Query:
    query: tree_sitter.Query = tree_sitter.Query(_language(), source)
    return query


@dataclass(frozen=True, slots=True)
class Token:
    """A leaf of the tree: its kind in tree-sitter-python's grammar, its text, and where it stands."""

    kind: str
    text: str
    range: TextRange


class Branch(NamedTuple):
    """A node on the way to a leaf, and what its parent's grammar calls it."""

    node: "Node"
    field: str | None


class Node:
    """A node of the tree, with places in code points."""

    __slots__ = ("_node", "_tree")

    def __init__(self, tree: "Tree", node: tree_sitter.Node) -> None:
        self._tree = tree
        self._node = node

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Node) and self._node == other._node

    def __hash__(self) -> int:
        return hash(self._node)

    @property
    def tree(self) -> "Tree":
        """The tree that it is a part of."""
        return self._tree

    @property
    def kind(self) -> str:
        """The kind in the grammar, such as `call` or `string`."""
        return self._node.type

    @property
    def text(self) -> str:
        """The text that the node covers."""
        return self._tree.source[self._node.start_byte : self._node.end_byte].decode("utf-8", "replace")

    @property
    def range(self) -> TextRange:
        """Where it stands."""
        return TextRange(self._tree.offset(self._node.start_byte), self._tree.offset(self._node.end_byte))

    @property
    def parent(self) -> "Node | None":
        """The node around it."""
        return None if self._node.parent is None else Node(self._tree, self._node.parent)

    @property
    def children(self) -> list["Node"]:
        """Its named children, in order."""
        return [Node(self._tree, child) for child in self._node.named_children]

    @property
    def has_error(self) -> bool:
        """Whether anything in it could not be parsed."""
        return self._node.has_error

    def field(self, name: str) -> "Node | None":
        """The child that the grammar calls `name`, such as `body`."""
        child = self._node.child_by_field_name(name)
        return None if child is None else Node(self._tree, child)

    def children_from(self, offset: Offset, *, backwards: bool = False) -> Iterator["Node"]:
        """Its named children that end behind `offset`, in order; or those before them, the nearest first.

        One by one, for a caller that needs few of very many.
        """
        cursor = self._node.walk()
        has_found = cursor.goto_first_child_for_byte(self._tree.byte(offset)) is not None
        moved = has_found
        if backwards:
            moved = cursor.goto_previous_sibling() if has_found else cursor.goto_last_child()
        while moved and cursor.node is not None:
            if cursor.node.is_named:
                yield Node(self._tree, cursor.node)
            moved = cursor.goto_previous_sibling() if backwards else cursor.goto_next_sibling()

    def matches(self, query: str, *, only_from_here: bool = False) -> Iterator[dict[str, "Node"]]:
        """What `query` (tree-sitter's language) finds at or below this node: for each match, its captures by name.

        With `only_from_here` its pattern must begin at this node: that looks at no node which it does not speak of.
        """
        cursor = tree_sitter.QueryCursor(_query(query))
        if only_from_here:
            cursor.set_max_start_depth(0)
        for _, captures in cursor.matches(self._node):
            yield {name: Node(self._tree, nodes[0]) for name, nodes in captures.items()}


class Tree:
    """A parsed text. Frozen: a new text makes a new tree, which shares what did not change."""

    def __init__(self, text: str, previous: "Tree | None" = None) -> None:
        self.text = text
        self.source = text.encode("utf-8", "replace")
        self._ascii = len(self.source) == len(text)
        self._line_starts: tuple[list[int], list[int]] | None = None
        parser = tree_sitter.Parser(_language())
        self._tree = parser.parse(self.source, previous.edited(self)) if previous else parser.parse(self.source)

    def edited(self, later: "Tree") -> tree_sitter.Tree:
        """The parse of this tree, told where the text of `later` differs: a base to parse `later` on."""
        old, new = self.source, later.source
        start = _common_prefix(old, new)
        tail = _common_suffix(old[start:], new[start:])
        base = self._tree.copy()
        base.edit(
            start_byte=start,
            old_end_byte=len(old) - tail,
            new_end_byte=len(new) - tail,
            start_point=_point(old, start),
            old_end_point=_point(old, len(old) - tail),
            new_end_point=_point(new, len(new) - tail),
        )
        return base

    @property
    def root(self) -> Node:
        """The whole module."""
        return Node(self, self._tree.root_node)

    def offset(self, byte: int) -> Offset:
        """The offset of a byte of the UTF-8 text."""
        if self._ascii:
            return Offset(byte)
        byte_starts, offset_starts = self._starts()
        line = bisect_right(byte_starts, byte) - 1
        within = self.source[byte_starts[line] : byte].decode("utf-8", "ignore")
        return Offset(offset_starts[line] + len(within))

    def byte(self, offset: Offset) -> int:
        """The byte of the UTF-8 text at an offset."""
        if self._ascii:
            return offset
        byte_starts, offset_starts = self._starts()
        line = bisect_right(offset_starts, offset) - 1
        return byte_starts[line] + len(self.text[offset_starts[line] : offset].encode("utf-8", "replace"))

    def _starts(self) -> tuple[list[int], list[int]]:
        if self._line_starts is None:
            bytes_before, offsets_before = [0], [0]
            for line in self.text.split("\n"):
                bytes_before.append(bytes_before[-1] + len(line.encode("utf-8", "replace")) + 1)
                offsets_before.append(offsets_before[-1] + len(line) + 1)
            self._line_starts = bytes_before[:-1], offsets_before[:-1]
        return self._line_starts

    def tokens_before(self, offset: Offset) -> Iterator[Token]:
        """The leaves that begin before `offset`, the nearest first. Leaves without text are left out.

        They end where the tree is deeper than any code that Python itself can read.
        """
        limit = self.byte(offset)
        cursor = self._tree.walk()
        towards = max(limit - 1, 0)
        if not _goes_down(lambda: cursor.goto_first_child_for_byte(towards) is not None or cursor.goto_last_child()):
            return
        while True:
            node = cursor.node
            if node is None:
                return
            if node.child_count == 0 and node.start_byte < limit and node.end_byte > node.start_byte:
                yield self._token(node)
            while not cursor.goto_previous_sibling():
                if not cursor.goto_parent():
                    return
            if not _goes_down(cursor.goto_last_child):
                return

    def _token(self, node: tree_sitter.Node) -> Token:
        text = self.source[node.start_byte : node.end_byte].decode("utf-8", "replace")
        return Token(node.type, text, TextRange(self.offset(node.start_byte), self.offset(node.end_byte)))

    def way_to(self, offset: Offset) -> list[Branch]:
        """The nodes around `offset`, from the module to the leaf that stands there, or else follows.

        Not all the way down in a tree that is deeper than any code that Python itself can read.
        """
        return self.way_to_byte(self.byte(offset))

    def way_to_byte(self, byte: int, *, deepest: int = DEEPEST) -> list[Branch]:
        """The same for a byte of the UTF-8 text, and at most so many nodes."""
        cursor = self._tree.walk()
        way = [Branch(self.root, None)]
        while len(way) < deepest and cursor.goto_first_child_for_byte(byte) is not None and cursor.node is not None:
            way.append(Branch(Node(self, cursor.node), cursor.field_name))
        return way

    def is_identifier(self, start: int, end: int) -> bool:
        """Whether an identifier covers exactly these bytes of the UTF-8 text."""
        node = self._tree.root_node.descendant_for_byte_range(start, end)
        return node is not None and (node.type, node.start_byte, node.end_byte) == ("identifier", start, end)

    def node_at(self, start: Offset, end: Offset | None = None) -> Node:
        """The smallest named node around `start` (and `end`)."""
        first = self.byte(start)
        last = first if end is None else self.byte(end)
        found = self._tree.root_node.named_descendant_for_byte_range(first, last)
        return Node(self, found or self._tree.root_node)


def parse(text: str, previous: Tree | None = None) -> Tree:
    """The tree of `text`, made from `previous` with less work where that is given."""
    return Tree(text, previous)


def _goes_down(step: Callable[[], bool]) -> bool:
    """Takes `step` until it leads no further down; False where that is too far."""
    return any(not step() for _ in range(DEEPEST))


def _common_prefix(one: bytes, other: bytes) -> int:
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return length
    low, high = 0, length
    while low + 1 < high:
        middle = (low + high) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle
    return low


def _common_suffix(one: bytes, other: bytes) -> int:
    length = min(len(one), len(other))
    low, high = 0, length + 1
    while low + 1 < high:
        middle = (low + high) // 2
        if one[len(one) - middle :] == other[len(other) - middle :]:
            low = middle
        else:
            high = middle
    return low


def _point(source: bytes, byte: int) -> tuple[int, int]:
    line_start = source.rfind(b"\n", 0, byte) + 1
    return source.count(b"\n", 0, byte), byte - line_start
