"""The call whose arguments are being written at a caret: what is called, and which argument it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pd_lsp.syntax.key_site import opened_string
from pd_lsp.syntax.rest_of_line import CLOSERS
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset, TextRange

_FARTHEST = 2_000
"""Leaves that are looked at before the caret: more than anybody writes into one call."""
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


def call_at(tree: Tree, offset: Offset) -> CallSite | None:
    """The innermost call around `offset`; one that stands in a bracket of its arguments counts as in the call."""
    tokens = list(islice(tree.tokens_before(offset), _FARTHEST))
    opened = opened_string(tree.text, tokens, offset)
    if opened is None and tokens and tokens[0].kind == "comment":
        return None
    start = 0 if opened is None else opened + 1
    inner = _inside(tokens[start:])
    if inner is None:
        return None
    end, commas, names, is_nested = inner
    own = tokens[start : start + end]
    keyword = _keyword(own[: commas[0] if commas else end])
    word = None if is_nested or opened is not None else _word(own, offset)
    return CallSite(
        before=tokens[start + end + 1 :],
        argument=len(commas),
        positional=len(commas) - len(names - {keyword}),
        keyword=keyword,
        keywords=names | _names_behind(tree, tokens[start + end].range),
        word=word,
    )


def _names_behind(tree: Tree, bracket: TextRange) -> frozenset[str]:
    """The names of all arguments of the call that `bracket` opens, also behind the caret; none in a broken text."""
    arguments = tree.node_at(bracket.start, bracket.end)
    named = arguments.children if arguments.kind == "argument_list" else []
    names = [argument.field("name") for argument in named if argument.kind == "keyword_argument"]
    return frozenset(name.text for name in names if name)


def _inside(tokens: Sequence[Token]) -> tuple[int, list[int], frozenset[str], bool] | None:
    """Which token opens the call, which are the commas between its arguments, their names, and whether deeper."""
    depth, commas, names, is_nested = 0, list[int](), set[str](), False
    for at, token in enumerate(tokens):
        if token.kind in CLOSERS.values():
            depth += 1
        elif token.kind in CLOSERS and depth:
            depth -= 1
        elif token.kind == "(" and _is_called(tokens[at + 1 :]):
            return at, commas, frozenset(names), is_nested
        elif token.kind in CLOSERS:
            commas, names, is_nested = [], set(), True
        elif depth == 0 and token.kind in _STATEMENTS:
            return None
        elif depth == 0 and token.kind == ",":
            commas.append(at)
        elif depth == 0 and token.kind == "=" and [one.kind for one in tokens[at + 1 : at + 2]] == ["identifier"]:
            names.add(tokens[at + 1].text)
    return None


def _is_called(before: Sequence[Token]) -> bool:
    return bool(before) and before[0].kind in ("identifier", ")", "]")


def _keyword(argument: Sequence[Token]) -> str | None:
    """The name of an argument, of which these are the tokens up to the caret, the nearest first."""
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
