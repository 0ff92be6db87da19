"""What a step has asked for so far, whichever member of `pd` it used."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Record:
    """Exports, response and flow of one run, and the way to tell the person something."""

    def __init__(self, notice: Callable[[str], None]) -> None:
        """Starts empty; `notice` shows a sentence to the person."""
        self.exports: dict[str, Any] = {}
        self.response: Any = None
        self.flow: dict[str, Any] = {}
        self.notice = notice

    def as_json(self) -> dict[str, Any]:
        """All of it, as the last event of a run says it."""
        return {"exports": self.exports, "response": self.response, "flow": self.flow}
