"""References of a step, of what it gives on, of an app or a data store, in all Python steps of the workflow."""

from collections.abc import Iterator

from pd_lsp.features.place import Place, place_here, place_in
from pd_lsp.features.reads import Meaning, meaning, reads
from pd_lsp.model import Step
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.output_places import output_at, output_places
from pd_lsp.syntax.pd_key import PdKey, pd_key_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.workflow_sources import Entry, WorkflowSources
from pd_lsp.text import Offset


def references(snapshot: Snapshot, offset: Offset, *, with_declaration: bool = False) -> list[Place]:
    """The reads of what stands at `offset`, and before them where it is declared; none of what is not ours.

    On the name of a handler, that is the step itself; on a `return` or the name in `pd.export`, what it gives on. A
    document of no workflow that is known has its own reads alone.
    """
    wanted = _meaning_at(snapshot, offset)
    if wanted is None:
        return []
    sources = snapshot.sources()
    if sources is None or snapshot.workflow is None:
        return [place_here(snapshot, found) for found in reads(snapshot.tree, snapshot.step, wanted)]
    declared = _declarations(snapshot.workflow.steps, sources, wanted) if with_declaration else ()
    return [*declared, *_reads(snapshot.workflow.steps, sources, wanted)]


def _meaning_at(snapshot: Snapshot, offset: Offset) -> Meaning | None:
    key = pd_key_at(snapshot.tree, offset)
    if key:
        return meaning(key, snapshot.step) if key.member in ("inputs", "steps") else None
    return _own_meaning(snapshot, snapshot.step, offset) if snapshot.step else None


def _own_meaning(snapshot: Snapshot, step: Step, offset: Offset) -> Meaning | None:
    """What later steps read of this very step, by the name that stands at `offset`."""
    found = handlers(snapshot.tree)
    if found and offset in found[-1].name:
        return ("steps", step.namespace)
    output = output_at(snapshot.tree, offset)
    return ("steps", step.namespace, output) if output else None


def _reads(steps: tuple[Step, ...], sources: WorkflowSources, wanted: Meaning) -> Iterator[Place]:
    found = ((step, sources.steps[step.namespace]) for step in steps if step.namespace in sources.steps)
    for step, source in found:
        yield from (Place(source.path, source.lines, read, read) for read in reads(source.tree, step, wanted))


def _declarations(steps: tuple[Step, ...], sources: WorkflowSources, wanted: Meaning) -> Iterator[Place]:
    match wanted:
        case "steps", name, output, *path if name in sources.steps:
            source = sources.steps[name]
            for found in output_places(source.tree, output, path):
                yield Place(source.path, source.lines, found.range, found.name)
        case ("steps", _) | ("app", _) | ("data store", _) if sources.workflow:
            text = sources.workflow
            yield from (place_in(text, entry) for entry in _entries(steps, sources, wanted))


def _entries(steps: tuple[Step, ...], sources: WorkflowSources, wanted: Meaning) -> Iterator[Entry]:
    """The entries of workflow.yaml that declare it."""
    text = sources.workflow
    if text is None:
        return
    if wanted[0] == "steps":
        entry = text.triggers if wanted[1] == "trigger" else text.steps.get(wanted[1])
        yield from [entry] if entry else []
        return
    for step in steps:
        entry = text.steps.get(step.namespace)
        for name, prop in entry.props.items() if entry else ():
            if meaning(PdKey("inputs", (name,), prop.name), step) == wanted:
                yield prop
