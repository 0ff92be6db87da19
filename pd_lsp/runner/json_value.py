"""What a step may export, return or store: JSON, as the platform keeps it (docs/platform.md, section 1.9)."""

from __future__ import annotations

import json
import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterator

DEEPEST = 256
"""Levels of nesting that the platform allows (docs/platform.md, section 1.9)."""
_LONGEST_SHOWN = 10_000
"""Characters of a value that is shown as Python shows it."""
_MOST_BITS = 4_300 * 3
"""Of an integer: Python writes none of more than 4,300 digits, which have more bits than this."""


def as_json(value: Any, name: str) -> Any:
    """A copy of `value` as JSON has it: tuples become lists, keys become strings.

    Raises TypeError or ValueError with a sentence that names the place, as in `$return_value.items[3]`.
    """
    _check(value, name)
    return json.loads(json.dumps(value))


def as_readable(value: Any, around: tuple[Any, ...] = ()) -> Any:
    """A copy as JSON has it, for a person to read: whatever is no JSON is shown as Python shows it, if that is short.

    `around` are the values that hold this one: of one that holds itself only the first time is shown.
    """
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        if len(around) >= DEEPEST or any(value is one for one in around):
            return f"<{type(value).__name__}>"
        inside = (*around, value)
        if isinstance(value, dict):
            pairs = value.items()
            return {key if isinstance(key, str) else _shown(key): as_readable(item, inside) for key, item in pairs}
        return [as_readable(item, inside) for item in value]
    return value if _is_plain(value) else _shown(value)


def _is_plain(value: Any) -> bool:
    if isinstance(value, int):
        return value.bit_length() <= _MOST_BITS
    return value is None or isinstance(value, str) or (isinstance(value, float) and math.isfinite(value))


def _shown(value: Any) -> str:
    """Whole or not at all: of a secret that was cut in two nobody knows the half again (D14)."""
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - a step's object can raise anything
        return f"<{type(value).__name__}>"
    return text if len(text) <= _LONGEST_SHOWN else f"<{type(value).__name__}, {len(text)} characters long>"


def _check(value: Any, name: str) -> None:
    """Walks without recursion: a value may hold itself."""
    rest = [(value, name, 0)]
    while rest:
        current, path, depth = rest.pop()
        if depth > DEEPEST:
            raise ValueError(
                f"JSON Nested Property Limit Exceeded: {name} is nested more than {DEEPEST} levels deep, or holds "
                f"itself: at {path[:100]}…"
            )
        if isinstance(current, (dict, list, tuple)):
            rest += [(item, step, depth + 1) for step, item in _items(current, path)]
        elif isinstance(current, float) and not math.isfinite(current):
            raise ValueError(f"{path} is {current}, which JSON does not have: use None or a string.")
        elif current is not None and not isinstance(current, (str, int, float)):
            raise TypeError(
                f"{path} is {_kind(current)}, which is not JSON: a step can export, return and store "
                "strings, numbers, booleans, None, lists and dictionaries only."
            )


def _items(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield from ((f"{path}[{index}]", item) for index, item in enumerate(value))
        return
    for key, item in value.items():
        if key is not None and not isinstance(key, (str, int, float)):
            raise TypeError(f"{path} has a key that is {_kind(key)}: keys are strings in JSON.")
        yield f"{path}.{key}", item


def _kind(value: Any) -> str:
    name = type(value).__name__
    return f"{'an' if name[0].lower() in 'aeiou' else 'a'} {name}"
