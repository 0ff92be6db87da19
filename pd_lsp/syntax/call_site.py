"""The call whose arguments are being written at a caret: what is called, and which argument it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pd_lsp.syntax.key_site import opened_string
from pd_lsp.syntax.leaves import LONGEST_CHAIN, Leaves
from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset, TextRange

_FARTHEST = 1_000
"""Leaves that are looked at before the caret: more than anybody writes into one call. Measured: 3 ms."""
_STATEMENTS = frozenset(
    ["def", "class", "return", "import", "from", "with", "while", "try", "raise", "del", "global", "pass", "assert"]
)
"""Words that no argument has: behind an unclosed bracket above them another statement has begun."""


@dataclass(frozen=True, slots=True)
class CallSite:
    """A call whose brackets stand open at the caret."""

    before: Sequence[Token]
    """The leaves before its bracket, the nearest first: they end with the name of what is called."""
    argument: int
    """How many arguments stand before the one at the caret."""
    positional: int
    """How many of these have no name."""
    keyword: str | None
    """The name of the argument at the caret, where that is given."""
    keywords: frozenset[str]
    """The names that its arguments have."""
    word: TextRange | None
    """The word before the caret, or the place for one, where a new argument begins; None in the midst of one."""


@dataclass(slots=True)
class _Inside:
    """What stands between the bracket of a call and the caret."""

    commas: list[int] = field(default_factory=list)
    """Which leaves part its arguments."""
    names: set[str] = field(default_factory=set)
    is_nested: bool = False
    """Whether the caret stands in a bracket of an argument."""


def call_at(tree: Tree, offset: Offset) -> CallSite | None:
    """The innermost call around `offset`; one that stands in a bracket of its arguments counts as in the call."""
    leaves = Leaves(tree, offset, _FARTHEST)
    opened = opened_string(tree.text, leaves.of(0), offset)
    if opened is None and leaves.kinds(0, 1) == ["comment"]:
        return None
    start = 0 if opened is None else opened + 1
    inside = _Inside()
    bracket = _bracket(leaves, start, inside)
    if bracket is None:
        return None
    own = leaves.of(start, bracket - start)
    keyword = _keyword(leaves.of(start, (inside.commas[0] if inside.commas else bracket) - start))
    return CallSite(
        before=leaves.of(bracket + 1, LONGEST_CHAIN),
        argument=len(inside.commas),
        positional=len(inside.commas) - len(inside.names - {keyword}),
        keyword=keyword,
        keywords=frozenset(inside.names | _names_behind(tree, leaves.of(bracket, 1)[0].range)),
        word=None if inside.is_nested or opened is not None else _word(own, offset),
    )


def _bracket(leaves: Leaves, start: int, inside: _Inside) -> int | None:
    """Which leaf opens the call; on the way `inside` is filled."""
    for at, token in leaves.uncovered(start):
        if token.kind == "(" and leaves.kinds(at + 1, 1) in (["identifier"], [")"], ["]"]):
            return at
        if token.kind in CLOSERS:
            inside.commas, inside.names, inside.is_nested = [], set(), True
        elif token.kind == ",":
            inside.commas.append(at)
        elif token.kind in _STATEMENTS or _is_assignment(leaves, at):
            return None
        elif token.kind == "=":
            inside.names.update(name.text for name in leaves.of(at + 1, 1))
    return None


def _is_assignment(leaves: Leaves, at: int) -> bool:
    """Whether the leaf is the `=` of a statement: that of an argument has a name before it, and a comma or bracket."""
    match leaves.of(at, 3):
        case [Token("="), Token("identifier"), Token("(" | "," | "comment")]:
            return False
        case [Token("="), *_]:
            return True
    return False


def _names_behind(tree: Tree, bracket: TextRange) -> set[str]:
    """The names of all arguments of the call that `bracket` opens, also behind the caret; none in a broken text."""
    arguments = tree.node_at(bracket.start, bracket.end)
    named = arguments.children if arguments.kind == "argument_list" else []
    names = [argument.field("name") for argument in named if argument.kind == "keyword_argument"]
    return {name.text for name in names if name}


def _keyword(argument: Sequence[Token]) -> str | None:
    """The name of an argument, of which these are the leaves up to the caret, the nearest first."""
    match argument[-2:]:
        case [Token("="), Token("identifier") as name]:
            return name.text
    return None


def _word(tokens: Sequence[Token], offset: Offset) -> TextRange | None:
    match tokens[:2]:
        case [] | [Token(","), *_]:
            return TextRange(offset, offset)
        case [Token("identifier") as word] | [Token("identifier") as word, Token(",")] if offset in word.range:
            return word.range
    return None
