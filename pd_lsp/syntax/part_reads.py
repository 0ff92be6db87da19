"""What a step can read of `pd.steps`, part by part, so that nothing it might read is missed."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from pd_lsp.syntax.keys_read import keys_read, member_places
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.pd_escapes import escapes
from pd_lsp.syntax.tree import Node, Tree

_DEEPEST = 8
"""Keys of keys that are followed; further down all counts as read."""


@dataclass(frozen=True, slots=True)
class PartReads:
    """What can be read of one value."""

    whole: bool = False
    """Whether it is used in a way that could read all of it."""
    keys: Mapping[str, "PartReads"] = field(default_factory=dict)
    """What can be read below each key that the text names."""

    def may_reach(self, path: Sequence[str]) -> bool:
        """Whether what stands at `path`, key by key, can be read, or asked whether it is there.

        False only where it certainly is not.
        """
        if self.whole or not path:
            return True
        below = self.keys.get(path[0])
        return below is not None and below.may_reach(path[1:])


def reads_of_steps(tree: Tree) -> PartReads:
    """What the step can read of `pd.steps`, in helpers and classes too, and under other names."""
    if script_helpers_import(tree) or escapes(tree, "steps"):
        return PartReads(whole=True)
    return _reads(tree, member_places(tree, "steps"), frozenset(), 0)


def _reads(tree: Tree, values: Iterable[Node], outer: AbstractSet[str], depth: int) -> PartReads:
    """What is read of the value that `values` are expressions of; `outer` are names that parts around it have."""
    found = keys_read(tree, values)
    if depth == _DEEPEST or not outer.isdisjoint(found.names) or any(read.key is None for read in found.reads):
        return PartReads(whole=True)
    below: dict[str, list[Node]] = {}
    for read in found.reads:
        if read.key is not None:
            below.setdefault(read.key, []).extend([read.value] if read.value else [])
    names = outer | set(found.names)
    return PartReads(keys={key: _reads(tree, places, names, depth + 1) for key, places in below.items()})
