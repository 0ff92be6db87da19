"""`pd.inputs[…][…][…]`, `pd.steps[…][…]` and `pd.context[…]` at a caret, half typed or by an alias too."""

from collections.abc import Sequence
from dataclasses import dataclass

from pd_lsp.syntax.chain import Chain, read_chain
from pd_lsp.syntax.finished_key import finished_tree
from pd_lsp.syntax.imported import NOTHING_IMPORTED, Imported, ImportedAbove
from pd_lsp.syntax.key_site import KeySite, key_site_at
from pd_lsp.syntax.meaning import Follower
from pd_lsp.syntax.slot import Slot
from pd_lsp.syntax.steps import MEMBERS
from pd_lsp.syntax.tree import Token, Tree
from pd_lsp.text import Offset

__all__ = ["MEMBERS", "PdPath", "is_pd", "pd_path_at", "resolve", "way_from_pd"]


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
    if site is None or chain is None:
        return None
    resolved = resolve(tree, chain, offset, imported)
    slot = site.slot() if resolved or not imported.is_late else None
    if slot and not resolved:
        resolved = _resolve_finished(tree, chain, slot, imported)
    return PdPath(*resolved, slot) if resolved and slot else None


def _resolve_finished(tree: Tree, chain: Chain, slot: Slot, imported: Imported) -> tuple[str, tuple[str, ...]] | None:
    """What a chain stands for, by what follows the half-typed key behind it, which may be out of sight until then."""
    finished = finished_tree(tree, slot)
    start = slot.typed.start
    return resolve(finished, chain, start, ImportedAbove(imported, start)) if finished else None


def resolve(
    tree: Tree, chain: Chain, offset: Offset, imported: Imported = NOTHING_IMPORTED
) -> tuple[str, tuple[str, ...]] | None:
    """The member of `pd` and the keys that a chain at `offset` stands for, through names, calls and attributes."""
    way = way_from_pd(tree, chain, offset, imported)
    return (way[0], way[1:]) if way and way[0] in MEMBERS else None


def way_from_pd(
    tree: Tree, chain: Chain, offset: Offset, imported: Imported = NOTHING_IMPORTED
) -> tuple[str, ...] | None:
    """The way from `pd` to what a chain at `offset` stands for: empty for `pd` itself, `("flow", "exit")`."""
    meaning = Follower(tree, imported).chain(chain, offset)
    return meaning if isinstance(meaning, tuple) else None


def is_pd(tree: Tree, name: str, offset: Offset) -> bool:
    """Whether `name` is what a handler, or anybody who follows its habit, calls `pd`."""
    return way_from_pd(tree, Chain(name), offset) == ()


def _behind_bracket(site: KeySite) -> Sequence[Token] | None:
    """The tokens before the `[` or `.get(` of a key; None where another thing stands there."""
    match site.bracket, *site.before[:2]:
        case "[", *_:
            return site.before
        case "(", Token("identifier", "get"), Token("."):
            return site.before[2:]
        case _:
            return None
