"""Where a step surely needs another one: it reads `pd.steps["name"]`."""

from collections.abc import Iterator

from pd_lsp.features.rules.guards import asked_for
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot


def step_reads(snapshot: Snapshot) -> Iterator[PdUse]:
    """The reads of `pd.steps["name"]` by which a step fails that finds no such name, where nobody has thought of it."""
    asked = asked_for(snapshot.tree, ("steps",))
    for use in pd_uses(snapshot.tree):
        match use.path, use.read_by:
            case ("steps", name), "subscript" if name not in asked:
                yield use
