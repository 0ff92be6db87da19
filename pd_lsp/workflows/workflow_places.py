"""Where the entries of a workflow.yaml stand in its text (docs/platform.md, section 6.2)."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from pd_lsp.syntax.workflow_sources import Entry, Gap, WorkflowText
from pd_lsp.text import LineIndex, Offset, TextRange

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_APPS_AND_STORES = "__configurableProps"


def workflow_places(path: Path, text: str) -> WorkflowText:
    """The places in `text`, which is that of the workflow.yaml `path`; none where it is broken YAML."""
    lines = LineIndex(text)
    try:
        root = yaml.compose(text, _LOADER)
    except (yaml.YAMLError, ValueError, RecursionError):
        return WorkflowText(path, lines)
    steps: dict[str, Entry] = {}
    for name, entry in _steps(_value(root, "steps"), text):
        steps.setdefault(name, entry)
    return WorkflowText(path, lines, _triggers(root, text), steps)


def _triggers(root: yaml.Node | None, text: str) -> Entry | None:
    pair = _pair(root, "triggers")
    return Entry(_range(pair[0], pair[1], text), _range(pair[0], pair[0], text)) if pair else None


def _steps(listed: yaml.Node | None, text: str) -> Iterator[tuple[str, Entry]]:
    for step in _items(listed):
        name = _value(step, "namespace")
        if isinstance(name, yaml.ScalarNode):
            props = dict(_props(_value(_value(step, "props"), _APPS_AND_STORES), text))
            yield name.value, Entry(_range(step, step, text), _range(name, name, text), props, _gap(step, text))


def _gap(step: yaml.Node, text: str) -> Gap | None:
    """Where one more prop goes: behind the last, or behind all that a step without props says."""
    end = _range(step, step, text).end
    props = _pair(step, "props")
    if not _is_block(step):
        return None
    if props is None:
        return Gap(end, step.start_mark.column + 2, step.start_mark.column + 2, has_props=False)
    listed = _pair(props[1], _APPS_AND_STORES)
    items = _items(listed[1]) if listed else []
    if listed is None or not items or not _is_block(props[1]) or not _is_block(listed[1]):
        return None
    last = _range(items[-1], items[-1], text).end
    return Gap(last, listed[0].start_mark.column, listed[1].start_mark.column, has_props=True)


def _is_block(node: yaml.Node) -> bool:
    """Whether an object or a list is written line by line, and not between brackets."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style


def _props(listed: yaml.Node | None, text: str) -> Iterator[tuple[str, Entry]]:
    for prop in _items(listed):
        name = _value(prop, "name")
        if isinstance(name, yaml.ScalarNode):
            yield name.value, Entry(_range(prop, prop, text), _range(name, name, text))


def _items(node: yaml.Node | None) -> list[yaml.Node]:
    return node.value if isinstance(node, yaml.SequenceNode) else []


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    pair = _pair(node, key)
    return pair[1] if pair else None


def _pair(node: yaml.Node | None, key: str) -> tuple[yaml.Node, yaml.Node] | None:
    """The last entry with this key, as PyYAML takes the last of several."""
    pairs: list[tuple[yaml.Node, yaml.Node]] = node.value if isinstance(node, yaml.MappingNode) else []
    return next((pair for pair in reversed(pairs) if pair[0].value == key), None)


def _range(first: yaml.Node, last: yaml.Node, text: str) -> TextRange:
    """From the one to the other, without the blanks and line ends that PyYAML counts to the end of a block."""
    start, end = first.start_mark.index, last.end_mark.index
    return TextRange(Offset(start), Offset(max(start, start + len(text[start:end].rstrip()))))
