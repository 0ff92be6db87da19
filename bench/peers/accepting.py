"""What an accepted completion makes of a text, as VS Code applies it, and whether that text is right.

Where an item has two ranges, or none but the word at the caret, the wider one counts: what is right of the caret is
replaced, as `editor.suggest.insertMode: replace` has it. Matching is looser than an editor's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

import tree_sitter_python
from tree_sitter import Language, Node, Parser

from bench.peers.shapes import Shape

_PARSER = Parser(Language(tree_sitter_python.language()))
_WORD = re.compile(r"[\w$]*")
_PLACEHOLDER = re.compile(r"\\([$}\\])|\$\{\d+:([^}]*)\}|\$\{?\d+\}?|\$\{?(\w+)\}?")


@dataclass(frozen=True, slots=True)
class _Edit:
    start: int
    end: int
    text: str


def item_for(found: Any, key: str, text: str, caret: int) -> tuple[Mapping[str, Any], Mapping[str, Any]] | None:
    """The first item that stands for `key` and that an editor would show at the caret, with its list's defaults."""
    defaults = found.get("itemDefaults") or {} if isinstance(found, dict) else {}
    items = found.get("items", []) if isinstance(found, dict) else found or []
    for item in items:
        if item["label"].strip("[]\"'") == key and _is_shown(item, defaults, text, caret):
            return item, defaults
    return None


def accepted(text: str, caret: int, item: Mapping[str, Any], defaults: Mapping[str, Any] | None = None) -> str:
    """`text` after the item was accepted."""
    edits = [_edit(text, caret, item, defaults or {})]
    edits += [_Edit(*_range(text, one["range"]), one["newText"]) for one in item.get("additionalTextEdits") or ()]
    for edit in sorted(edits, key=lambda one: one.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def is_right(shape: Shape, text: str, key: str) -> bool:
    """Whether `key` stands in the place where the shape wants it, reads back as that key, and all else is untouched."""
    if not (text.startswith(shape.before) and text.endswith(shape.after)):
        return False
    place = text[len(shape.before) : len(text) - len(shape.after)]
    opening, quote, rest = place[:1], place[1:2], place[2:]
    closing = {"[": "]", "(": ")"}.get(opening)
    if opening != shape.place[0] or closing is None or quote not in ("'", '"'):
        return False
    ends = (closing,) if shape.place.endswith(closing) else (closing, "")
    return any(rest == key + quote + end for end in ends) and _string_at(text, len(shape.before) + 1) == key


def _string_at(text: str, offset: int) -> str | None:
    """The content of the string that begins at `offset`, as tree-sitter reads it."""
    start = len(text[:offset].encode())
    node: Node | None = _PARSER.parse(text.encode()).root_node.descendant_for_byte_range(start, start + 1)
    while node and node.type != "string":
        node = node.parent
    if node is None or node.start_byte != start or any(child.is_missing for child in node.children):
        return None
    content = [child for child in node.children if child.type == "string_content"]
    ended = node.children[-1].type == "string_end"
    return b"".join(child.text or b"" for child in content).decode() if ended else None


def _is_shown(item: Mapping[str, Any], defaults: Mapping[str, Any], text: str, caret: int) -> bool:
    typed = text[_edit(text, caret, item, defaults).start : caret].strip("[]\"'").lower()
    letters = iter(str(item.get("filterText") or item["label"]).lower())
    return all(letter in letters for letter in typed)


def _edit(text: str, caret: int, item: Mapping[str, Any], defaults: Mapping[str, Any]) -> _Edit:
    given = item.get("textEdit")
    if given:
        new, place = given["newText"], given.get("range") or given["replace"]
    else:
        new, place = item.get("textEditText") or item.get("insertText") or item["label"], defaults.get("editRange")
        if item.get("insertText") and not item.get("textEditText"):
            new = item["insertText"]
    start, end = _range(text, place.get("replace", place)) if place else _word(text, caret)
    is_snippet = item.get("insertTextFormat", defaults.get("insertTextFormat", 1)) == 2  # noqa: PLR2004 - Snippet
    return _Edit(start, end, _without_placeholders(new) if is_snippet else new)


def _without_placeholders(snippet: str) -> str:
    return _PLACEHOLDER.sub(lambda found: next((part for part in found.groups() if part), ""), snippet)


def _word(text: str, caret: int) -> tuple[int, int]:
    before = _WORD.match(text[:caret][::-1])
    behind = _WORD.match(text, caret)
    assert before
    assert behind
    return caret - before.end(), behind.end()


def _range(text: str, place: Mapping[str, Any]) -> tuple[int, int]:
    return _offset(text, place["start"]), _offset(text, place["end"])


def _offset(text: str, position: Mapping[str, int]) -> int:
    lines = text.splitlines(keepends=True)
    return sum(map(len, islice(lines, position["line"]))) + position["character"]
