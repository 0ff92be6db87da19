"""`pd.inputs[…][…][…]`, `pd.steps[…][…]` and `pd.context[…]` at a caret, half typed or by an alias too."""

from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.chain import Chain, read_chain
from pd_lsp.syntax.imported import NOTHING_IMPORTED, Imported
from pd_lsp.syntax.key_site import KeySite, key_site_at
from pd_lsp.syntax.meaning import Follower
from pd_lsp.syntax.slot import Slot
from pd_lsp.syntax.steps import MEMBERS
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset

__all__ = ["MEMBERS", "PdPath", "is_pd", "pd_path_at", "resolve"]


@dataclass(frozen=True, slots=True)
class PdPath:
    """A key of a member of `pd`, being written at the caret."""

    member: str
    """One of MEMBERS."""
    keys: tuple[str, ...]
    """The finished keys before the one at the caret."""
    slot: Slot


def pd_path_at(tree: Tree, offset: Offset, imported: Imported = NOTHING_IMPORTED) -> PdPath | None:
    """The key that is being written at `offset`, or None where the caret stands elsewhere."""
    site = key_site_at(tree, offset)
    behind = _behind_bracket(site) if site else None
    chain = read_chain(behind) if behind else None
    resolved = chain and resolve(tree, chain, offset, imported)
    slot = site.slot() if site and resolved else None
    return PdPath(*resolved, slot) if resolved and slot else None


def resolve(
    tree: Tree, chain: Chain, offset: Offset, imported: Imported = NOTHING_IMPORTED
) -> tuple[str, tuple[str, ...]] | None:
    """The member of `pd` and the keys that a chain at `offset` stands for, through names, calls and attributes."""
    meaning = Follower(tree, imported).chain(chain, offset)
    return (meaning[0], meaning[1:]) if isinstance(meaning, tuple) and meaning else None


def is_pd(tree: Tree, name: str, offset: Offset) -> bool:
    """Whether `name` is what a handler, or anybody who follows its habit, calls `pd`."""
    return Follower(tree, NOTHING_IMPORTED).chain(Chain(name), offset) == ()


def _behind_bracket(site: KeySite) -> Sequence[Token] | None:
    """The tokens before the `[` or `.get(` of a key; None where another thing stands there."""
    match site.bracket, *site.before[:2]:
        case "[", *_:
            return site.before
        case "(", Token("identifier", "get"), Token("."):
            return site.before[2:]
        case _:
            return None
