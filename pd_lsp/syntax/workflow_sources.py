"""The files of a workflow with the places in them, for what leads from one of them to another."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath

from pd_lsp.syntax.tree import Tree
from pd_lsp.text import LineIndex, Offset, TextRange


@dataclass(frozen=True, slots=True)
class Source:
    """A file that reads as Python: a step's code, or JSON, whose objects read as dictionaries."""

    path: PurePath
    lines: LineIndex
    tree: Tree


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that workflow.yaml declares."""

    range: TextRange
    """All that it says of it."""
    name: TextRange
    """Where it says its name."""
    props: Mapping[str, "Entry"] = field(default_factory=dict)
    """By name: the props of a step."""
    gap: "Gap | None" = None
    """Where a step's entry takes one more prop; None where it is written in a way that nobody knows how to add to."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Where lines for one more prop of a step go."""

    offset: Offset
    """The end of the line that they go below."""
    column: int
    """How far the keys of the step's `props` are indented, or are to be."""
    dash: int
    """The same of the list of its apps and data stores."""
    has_props: bool
    """Whether the step has any; otherwise the two keys above the list are missing too."""


@dataclass(frozen=True, slots=True)
class WorkflowText:
    """The text of a workflow.yaml, and where its entries stand in it; a broken one has none."""

    path: PurePath
    lines: LineIndex
    triggers: Entry | None = None
    steps: Mapping[str, Entry] = field(default_factory=dict)
    """By name; of two of one name the first."""


@dataclass(frozen=True, slots=True)
class WorkflowSources:
    """All of them, as the editor has them open, else as they lie on disk; what can't be read is left out."""

    workflow: WorkflowText | None
    steps: Mapping[str, Source] = field(default_factory=dict)
    """By name: the Python steps, the asking one too."""
    events: Callable[[], tuple[Source, ...]] = tuple
    """The saved events, the newest first."""
