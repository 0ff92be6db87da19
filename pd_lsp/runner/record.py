"""What a step has asked for so far, whichever member of `pd` it used."""

from __future__ import annotations

from pd_lsp.runner.json_value import as_json, as_readable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable


class Record:
    """Exports, response and flow of one run, and the way to tell the person something."""

    def __init__(self, notice: Callable[[str], None], *, takes_any_value: bool = False) -> None:
        """Starts empty; `notice` shows a sentence to the person."""
        self._takes_any_value = takes_any_value
        self.exports: dict[str, Any] = {}
        self.response: Any = None
        self.flow: dict[str, Any] = {}
        self.notice = notice

    def value(self, value: Any, name: str) -> Any:
        """A copy of a value as JSON; raises as `as_json` does, unless the person wants to see it all the same."""
        try:
            return as_json(value, name)
        except (TypeError, ValueError) as error:
            if not self._takes_any_value:
                raise
            self.notice(f"{error} On the platform the step would fail here.")
            return as_readable(value)

    def as_json(self) -> dict[str, Any]:
        """All of it, as the last event of a run says it."""
        return {"exports": self.exports, "response": self.response, "flow": self.flow}
