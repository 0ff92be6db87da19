"""What has changed between two texts, as an editor says it: the one range that differs. All text here is ASCII."""

from typing import Any


def content_change(before: str, after: str) -> dict[str, Any]:
    """The change that makes `after` of `before`."""
    start = _same(before, after)
    most = min(len(before), len(after)) - start
    same = min(_same(before[::-1], after[::-1]), most)
    end = len(before) - same
    return {
        "range": {"start": _position(before, start), "end": _position(before, end)},
        "text": after[start : len(after) - same],
    }


def _position(text: str, offset: int) -> dict[str, int]:
    return {"line": text.count("\n", 0, offset), "character": offset - text.rfind("\n", 0, offset) - 1}


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
