"""`pd.inputs[…][…][…]` and `pd.steps[…][…]` at a caret, finished or half typed, by the full chain or by an alias."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pd_lsp.syntax.aliases import assignments_to
from pd_lsp.syntax.chain import Chain, read_chain, texts
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset, TextRange

_LONGEST_CHAIN = 60
"""Leaves that are read before giving up: the longest chain that says something has about thirty."""
_MOST_ALIASES = 4
"""How many aliases are followed, one behind the other."""
_KEY = re.compile(r"[\w$.-]*")
_LINE_END = re.compile(r"[\r\n]|\Z")


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a key is being written, and what must be written around it."""

    typed: TextRange
    """What the finished key replaces; a lone closing quote is in it where a bracket has to follow it."""
    opening: str
    """The quote before the key, where none stands there yet."""
    closing: str
    """The quote and bracket behind the key, as far as they are missing."""
    quote: str
    """The quote that the key stands between."""


@dataclass(frozen=True, slots=True)
class PdPath:
    """A key of a member of `pd`, being written at the caret."""

    member: str
    """`inputs` or `steps`."""
    keys: tuple[str, ...]
    """The finished keys before the one at the caret."""
    slot: Slot


def pd_path_at(tree: Tree, offset: Offset) -> PdPath | None:
    """The key that is being written at `offset`, or None where the caret stands elsewhere."""
    tokens = list(islice(tree.tokens_before(offset), _LONGEST_CHAIN))
    opened = _opened_string(tree.text, tokens, offset)
    if opened is None:
        if texts(tokens, 1) != ["["]:
            return None
        behind, slot = tokens[1:], _empty_slot(tree.text, tokens, offset)
    elif texts(tokens[opened + 1 :], 1) == ["["]:
        behind, slot = tokens[opened + 2 :], _started_slot(tree.text, tokens[opened], offset, "]")
    elif texts(tokens[opened + 1 :], 3) == ["(", "get", "."]:
        behind, slot = tokens[opened + 4 :], _started_slot(tree.text, tokens[opened], offset, ")")
    else:
        return None
    chain = read_chain(behind)
    resolved = chain and resolve(tree, chain, offset)
    return PdPath(*resolved, slot) if resolved else None


def resolve(tree: Tree, chain: Chain, offset: Offset) -> tuple[str, tuple[str, ...]] | None:
    """The member of `pd` and the keys that a chain at `offset` stands for, through the aliases of its root."""
    keys = chain.keys
    for _ in range(_MOST_ALIASES):
        if chain.attribute in ("inputs", "steps"):
            return (chain.attribute, keys) if is_pd(tree, chain.root, offset) else None
        if chain.attribute is not None:
            return None
        assignment = next(iter(assignments_to(tree, chain.root, offset)), None)
        inner = assignment and _value_chain(tree, assignment.value)
        if not inner:
            return None
        keys, chain = inner.keys + keys, inner
    return None


def _opened_string(text: str, tokens: Sequence[Token], offset: Offset) -> int | None:
    """Which of `tokens` opens the string that the caret stands in."""
    for index, token in enumerate(tokens):
        if _line_end(text, token.range.end) < offset:
            return None
        if token.kind == "string_start":
            return index if token.range.end <= offset else None
        if token.kind in ("string_end", "{"):
            return None
    return None


def _started_slot(text: str, start: Token, offset: Offset, bracket: str) -> Slot:
    """The slot of a key whose opening quote stands there."""
    quote = start.text.lstrip("rRuUbBfFtT")
    begin, line_end = start.range.end, _line_end(text, offset)
    content_end = text.find(quote, offset, line_end)
    if content_end >= 0 and _KEY.fullmatch(text, begin, content_end):
        behind = content_end + len(quote)
        if bracket == "]" and not _follows(text, bracket, behind, line_end):
            return Slot(TextRange(begin, Offset(behind)), "", quote + bracket, quote)
        return Slot(TextRange(begin, Offset(content_end)), "", "", quote)
    word = _KEY.match(text, offset, line_end)
    end = word.end() if word else offset
    missing = "" if bracket == ")" or _follows(text, bracket, end, line_end) else bracket
    return Slot(TextRange(begin, Offset(end)), "", quote + missing, quote)


def _empty_slot(text: str, tokens: Sequence[Token], offset: Offset) -> Slot:
    """The slot of a key of which nothing stands there yet, right behind its bracket."""
    quote = "'" if _surrounding_quote(tokens) == '"' else '"'
    closed = _follows(text, "]", offset, len(text))
    return Slot(TextRange(offset, offset), quote, quote if closed else quote + "]", quote)


def _line_end(text: str, offset: Offset) -> int:
    end = _LINE_END.search(text, offset)
    return end.start() if end else len(text)


def _follows(text: str, bracket: str, start: int, end: int) -> bool:
    return text[start:end].lstrip(" \t").startswith(bracket)


def _surrounding_quote(tokens: Sequence[Token]) -> str | None:
    """The quote of the f-string around the caret, if there is one."""
    depth = 0
    for token in tokens:
        if token.kind == "string_end":
            depth += 1
        elif token.kind == "string_start" and depth:
            depth -= 1
        elif token.kind == "string_start":
            return token.text[-1]
    return None


def _value_chain(tree: Tree, value: TextRange) -> Chain | None:
    """The chain on the right side of an assignment, with a trailing `or {}` put aside."""
    tokens = [
        token for token in islice(tree.tokens_before(value.end), _LONGEST_CHAIN) if token.range.start >= value.start
    ]
    if texts(tokens, 1) == [")"] and tokens[-1].text == "(":
        tokens = tokens[1:-1]
    return read_chain(tokens[3:] if texts(tokens, 3) == ["}", "{", "or"] else tokens)


def is_pd(tree: Tree, name: str, offset: Offset) -> bool:
    """Whether `name` is what a handler, or anybody who follows its habit, calls `pd`."""
    if name == "pd" or any(handler.parameter == name for handler in handlers(tree)):
        return True
    assignment = next(iter(assignments_to(tree, name, offset)), None)
    return assignment is not None and tree.text[assignment.value.start : assignment.value.end] == "pd"
