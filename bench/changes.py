"""What has changed between two texts, as an editor says it: the one range that differs. All text here is ASCII."""

from os.path import commonprefix
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
    return len(commonprefix([one, other]))  # noqa: RUF071 - character by character is what is wanted
