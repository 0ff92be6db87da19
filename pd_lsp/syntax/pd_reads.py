"""What a whole step reads of `pd.inputs`: the names, and whether that is all."""

from dataclasses import dataclass

from pd_lsp.syntax.keys_read import keys_read, member_places
from pd_lsp.syntax.pd_escapes import escapes
from pd_lsp.syntax.tree import Tree


@dataclass(frozen=True, slots=True)
class PdReads:
    """The literal keys of `pd.inputs` in a step."""

    inputs: tuple[str, ...]
    """In the order of the text, each once."""
    required: frozenset[str]
    """Those that are read by `[…]`, which raises where the name is missing; `.get` and `in` do not."""
    computed: bool
    """Whether `pd.inputs` is also used in a way that could reach any key: a loop, a computed key, a call with it; or
    `pd` is given to code that is not in the text."""


def pd_reads(tree: Tree) -> PdReads:
    """Every key of `.inputs` that the step names, in helpers and classes too, and under aliases of `pd.inputs`."""
    reads = keys_read(tree, member_places(tree, "inputs")).reads
    names = dict.fromkeys(read.key for read in reads if read.key is not None)
    required = (read.key for read in reads if read.key is not None and read.value and read.value.kind == "subscript")
    return PdReads(tuple(names), frozenset(required), any(read.key is None for read in reads) or escapes(tree))
