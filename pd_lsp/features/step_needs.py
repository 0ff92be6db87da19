"""What a run of a step needs of the person's accounts and data stores, and no more (D4)."""

from dataclasses import dataclass

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.syntax.pd_reads import pd_reads
from pd_lsp.syntax.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class StepNeeds:
    """The names in `pd.inputs` that a step reads."""

    apps: tuple[str, ...]
    data_stores: tuple[str, ...]


def reads_inputs(snapshot: Snapshot) -> bool:
    """Whether the step reads `pd.inputs` at all: one that does not needs nobody to be signed in."""
    reads = pd_reads(snapshot.tree)
    return bool(reads.inputs) or reads.computed


def step_needs(snapshot: Snapshot) -> StepNeeds:
    """The props that the step reads, in the order of its text.

    A step that reads `pd.inputs` in a way the text does not tell (a loop, a computed key) needs every prop that
    workflow.yaml gives it. Without a workflow.yaml a name such as `data_store_1` or `seen_store`, which no app has, is
    taken for a data store: the default names are of that form (docs/platform.md, section 1.8).
    """
    reads = pd_reads(snapshot.tree)
    names = dict.fromkeys(reads.inputs)
    if snapshot.step and reads.computed:
        names.update(dict.fromkeys((*(prop.name for prop in snapshot.step.apps), *snapshot.step.data_stores)))
    stores = tuple(name for name in names if is_data_store(snapshot, name))
    return StepNeeds(apps=tuple(name for name in names if name not in stores), data_stores=stores)
