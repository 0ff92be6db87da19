"""Go to definition: from a step to its code, from what it gives on to where it does, from a prop to workflow.yaml."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pd_lsp.features.place import Place
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.output_places import OutputPlace, literal_place, output_places
from pd_lsp.syntax.pd_key import pd_key_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.syntax.workflow_sources import Entry, Source, WorkflowSources
from pd_lsp.text import Offset, TextRange

_SAVED = frozenset({"event", "context", "steps"})
"""What a file of a saved event has, where it is not the event alone."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a key leads to."""

    origin: TextRange
    """The key."""
    places: tuple[Place, ...]


def definition(snapshot: Snapshot, offset: Offset) -> Definition | None:
    """Where the key at `offset` is defined; None where nothing of ours stands there, or its workflow is not known."""
    key = pd_key_at(snapshot.tree, offset)
    sources = snapshot.sources() if key else None
    if key is None or sources is None:
        return None
    places = tuple(_places(snapshot, sources, key.member, key.keys))
    return Definition(key.range, places) if places else None


def _places(snapshot: Snapshot, sources: WorkflowSources, member: str, keys: Sequence[str]) -> Iterator[Place]:
    match member, *keys:
        case "inputs", name, *below if below in ([], ["$auth"]):
            step = _entry(sources, snapshot.step.namespace) if snapshot.step else None
            yield from _in_workflow(sources, step.props.get(name) if step else None)
        case "steps", "trigger", *path:
            saved = _saved(sources, path) if path else None
            yield from [saved] if saved else _in_workflow(sources, _triggers(sources))
        case "steps", name, *path if name in sources.steps:
            yield from _in_code(sources.steps[name], path)
        case "steps", name, *path:
            saved = _saved(sources, ["steps", name, *path]) if path else None
            yield from [saved] if saved else _in_workflow(sources, _entry(sources, name))


def _in_code(source: Source, path: Sequence[str]) -> Iterator[Place]:
    """The handler of a step, or where it gives on what `path` names."""
    if not path:
        yield _handler(source)
        return
    for found in output_places(source.tree, path[0], path[1:]):
        yield _place(source, found)


def _handler(source: Source) -> Place:
    """The handler that runs; the beginning of a step that has none."""
    found = handlers(source.tree)
    begin = TextRange(Offset(0), Offset(0))
    return Place(source.path, source.lines, *((found[-1].range, found[-1].name) if found else (begin, begin)))


def _saved(sources: WorkflowSources, path: Sequence[str]) -> Place | None:
    """Where the newest saved event that has them holds the keys of `path`."""
    for source in sources.events():
        document = _document(source.tree)
        is_bare = document is None or not _is_saved_world(document)
        below = path[1:] if is_bare and path[0] == "event" else path
        found = literal_place(document, below) if not is_bare or path[0] == "event" else None
        if found:
            return _place(source, found)
    return None


def _document(tree: Tree) -> Node | None:
    statement = next(iter(tree.root.children), None)
    return next(iter(statement.children), None) if statement else None


def _is_saved_world(document: Node) -> bool:
    """Whether an event stands under a key of its own (see `workflows.events.read_event`)."""
    keys = {key.text.strip('"') for pair in document.children if (key := pair.field("key"))}
    return "event" in keys and keys <= _SAVED


def _place(source: Source, found: OutputPlace) -> Place:
    return Place(source.path, source.lines, found.range, found.name)


def _in_workflow(sources: WorkflowSources, entry: Entry | None) -> Iterator[Place]:
    if entry and sources.workflow:
        yield Place(sources.workflow.path, sources.workflow.lines, entry.range, entry.name)


def _entry(sources: WorkflowSources, step: str) -> Entry | None:
    return sources.workflow.steps.get(step) if sources.workflow else None


def _triggers(sources: WorkflowSources) -> Entry | None:
    return sources.workflow.triggers if sources.workflow else None
