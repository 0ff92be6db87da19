"""The only file that talks to tree-sitter: a text as a tree, half-typed or not, with places in code points."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import tree_sitter
import tree_sitter_python

from pd_lsp.syntax.utf8 import Utf8Text
from pd_lsp.text import Offset, TextEdit, TextRange, narrowed

DEEPEST = 10_000
"""How far down a tree is looked into: Python gives up on code that is a tenth as deep."""
_PLAIN = re.compile(r"[\w $.-]*")
"""What can stand in a string and neither ends it nor begins an escape or a hole."""


@cache
def _language() -> tree_sitter.Language:
    return tree_sitter.Language(tree_sitter_python.language())


@cache
def _query(source: str) -> tree_sitter.Query:
    query: tree_sitter.Query = tree_sitter.Query(_language(), source)
    return query


class Token:
    """A leaf of the tree: its kind in tree-sitter-python's grammar, its text, and where it stands.

    Its text and place are worked out when they are asked for: a hundred leaves are read at each keystroke.
    """

    __match_args__ = ("kind", "text", "range")
    __slots__ = ("_end", "_range", "_start", "_tree", "kind")

    def __init__(self, tree: "Tree", kind: str, start: int, end: int) -> None:
        self.kind = kind
        self._tree = tree
        self._start = start
        self._end = end
        self._range: TextRange | None = None

    @property
    def text(self) -> str:
        """The text of the leaf."""
        return self._tree.decoded(self._start, self._end)

    @property
    def range(self) -> TextRange:
        """Where it stands."""
        if self._range is None:
            self._range = TextRange(self._tree.offset(self._start), self._tree.offset(self._end))
        return self._range


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
        return self._tree.decoded(self._node.start_byte, self._node.end_byte)

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
    """A text as a tree. Frozen: an edit makes another tree, which shares what did not change.

    It is parsed when it is first asked, since nobody may ask between one edit and the next.
    """

    def __init__(self, utf8: Utf8Text, base: tree_sitter.Tree | None = None) -> None:
        """`base` is the parse of an earlier text, told all edits since."""
        self.text = utf8.text
        self._utf8 = utf8
        self._base = base
        self._parsed: tree_sitter.Tree | None = None

    def after(self, edit: TextEdit, text: str) -> "Tree":
        """The tree of `text`, which is this tree's text after `edit`."""
        before, utf8 = self._parsed or self._base, self._utf8.after(edit, text)
        if self._utf8.has_lone_returns or utf8.has_lone_returns:
            return Tree(utf8)
        later = Tree(utf8, before and before.copy())
        if later._base is not None:
            in_string = self._inside_string(edit)
            later._base.edit(**self._utf8.change(in_string or edit)._asdict())
            later._parsed = later._base if in_string else None
        return later

    def _inside_string(self, edit: TextEdit) -> TextEdit | None:
        """The same edit with the character before it, if it only makes a string longer or shorter.

        Then the tree is right as soon as tree-sitter knows of the edit, and the text needs no parse: of a long text
        that takes milliseconds, since each statement is looked at once, and keys are what is typed most.
        """
        start, end = edit.range.start, edit.range.end
        if self._parsed is None or start == 0 or not _PLAIN.fullmatch(self.text[start:end] + edit.new_text):
            return None
        root = self._parsed.root_node
        around = root.descendant_for_byte_range(self.byte(Offset(start - 1)), self.byte(end))
        is_plain = around is not None and around.type == "string_content" and not around.child_count
        if around is None or not is_plain or root.has_error or b"\\" in (around.text or b""):
            return None
        return TextEdit(TextRange(Offset(start - 1), end), self.text[start - 1] + edit.new_text)

    @property
    def source(self) -> bytes:
        """The text in UTF-8."""
        return self._utf8.source

    def decoded(self, start: int, end: int) -> str:
        """The text of these bytes of the UTF-8 text."""
        return self._utf8.decoded(start, end)

    @property
    def _tree(self) -> tree_sitter.Tree:
        if self._parsed is None:
            parser, base = tree_sitter.Parser(_language()), self._base
            self._parsed = parser.parse(self.source, base) if base else parser.parse(self.source)
        return self._parsed

    @property
    def root(self) -> Node:
        """The whole module."""
        return Node(self, self._tree.root_node)

    def offset(self, byte: int) -> Offset:
        """The offset of a byte of the UTF-8 text."""
        return self._utf8.offset(byte)

    def byte(self, offset: Offset) -> int:
        """The byte of the UTF-8 text at an offset."""
        return self._utf8.byte(offset)

    def tokens_before(self, offset: Offset) -> Iterator[Token]:
        """The leaves that begin before `offset`, the nearest first. Leaves without text are left out.

        They end where the tree is deeper than any code that Python itself can read.
        """
        limit = self.byte(offset)
        cursor = self._tree.walk()
        back, up, down = cursor.goto_previous_sibling, cursor.goto_parent, cursor.goto_last_child
        towards = max(limit - 1, 0)
        if not _goes_down(lambda: cursor.goto_first_child_for_byte(towards) is not None or down()):
            return
        while (node := cursor.node) is not None:
            start, end = node.byte_range
            if start < limit and start < end:
                yield Token(self, node.type, start, end)
            while not back():
                if not up():
                    return
            if down() and not _goes_down(down):
                return

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
    if previous is None:
        return Tree(Utf8Text(text))
    whole = TextEdit(TextRange(Offset(0), Offset(len(previous.text))), text)
    return previous.after(narrowed(previous.text, whole), text)


def _goes_down(step: Callable[[], bool]) -> bool:
    """Takes `step` until it leads no further down; False where that is too far."""
    for _ in range(DEEPEST):  # noqa: SIM110 - a generator takes twice the time, at each leaf
        if not step():
            return True
    return False
