"""`pd.inputs[…][…][…]`, `pd.steps[…][…]` and `pd.context[…]` at a caret, half typed or by an alias too."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from pd_lsp.syntax.aliases import assignments_to
from pd_lsp.syntax.chain import Chain, read_chain, read_value
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.key_site import KeySite, key_site_at
from pd_lsp.syntax.leaves import LONGEST_CHAIN
from pd_lsp.syntax.slot import Slot
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset, TextRange

_MOST_ALIASES = 4
"""How many aliases are followed, one behind the other."""
MEMBERS = ("inputs", "steps", "context")
"""The members of `pd` that have keys."""


@dataclass(frozen=True, slots=True)
class PdPath:
    """A key of a member of `pd`, being written at the caret."""

    member: str
    """One of MEMBERS."""
    keys: tuple[str, ...]
    """The finished keys before the one at the caret."""
    slot: Slot


def pd_path_at(tree: Tree, offset: Offset) -> PdPath | None:
    """The key that is being written at `offset`, or None where the caret stands elsewhere."""
    site = key_site_at(tree, offset)
    behind = _behind_bracket(site) if site else None
    chain = read_chain(behind) if behind else None
    resolved = chain and resolve(tree, chain, offset)
    slot = site.slot() if site and resolved else None
    return PdPath(*resolved, slot) if resolved and slot else None


def resolve(tree: Tree, chain: Chain, offset: Offset) -> tuple[str, tuple[str, ...]] | None:
    """The member of `pd` and the keys that a chain at `offset` stands for, through the aliases of its root."""
    keys = chain.keys
    for _ in range(_MOST_ALIASES):
        if chain.attribute in MEMBERS:
            return (chain.attribute, keys) if is_pd(tree, chain.root, offset) else None
        if chain.attribute is not None:
            return None
        assignment = next(iter(assignments_to(tree, chain.root, offset)), None)
        inner = assignment and _value_chain(tree, assignment.value)
        if not inner:
            return None
        keys, chain = inner.keys + keys, inner
    return None


def _behind_bracket(site: KeySite) -> Sequence[Token] | None:
    """The tokens before the `[` or `.get(` of a key; None where something else stands there."""
    match site.bracket, *site.before[:2]:
        case "[", *_:
            return site.before
        case "(", Token("identifier", "get"), Token("."):
            return site.before[2:]
        case _:
            return None


def _value_chain(tree: Tree, value: TextRange) -> Chain | None:
    """The chain on the right side of an assignment."""
    tokens = islice(tree.tokens_before(value.end), LONGEST_CHAIN)
    return read_value([token for token in tokens if token.range.start >= value.start])


def is_pd(tree: Tree, name: str, offset: Offset) -> bool:
    """Whether `name` is what a handler, or anybody who follows its habit, calls `pd`."""
    if name == "pd" or any(handler.parameter == name for handler in handlers(tree)):
        return True
    assignment = next(iter(assignments_to(tree, name, offset)), None)
    return assignment is not None and tree.text[assignment.value.start : assignment.value.end] == "pd"
