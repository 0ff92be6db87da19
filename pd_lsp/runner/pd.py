"""The `pd` that a handler gets, as the platform gives it (docs/platform.md, sections 1.2 to 1.8)."""

from __future__ import annotations

from pd_lsp.runner.flow import Flow
from pd_lsp.runner.respond import checked_response
from pd_lsp.runner.send import Send

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from pd_lsp.runner.record import Record

_ELSEWHERE = {
    "auth": 'accounts are in pd.inputs["app"]["$auth"]',
    "env": "environment variables are in os.environ",
    "event": 'the event is pd.steps["trigger"]["event"]',
    "files": "files are written to /tmp",
    "input": "the member is called pd.inputs",
    "service": "data stores are in pd.inputs",
    "step": "the member is called pd.steps",
}


class Pipedream:
    """Inputs, earlier steps, exports, the response and the flow of one run."""

    def __init__(self, inputs: dict[str, Any], steps: dict[str, Any], context: dict[str, Any], record: Record) -> None:
        """Takes all that a handler may read, and the record of what it asks for."""
        self.inputs = inputs
        self.steps = steps
        self.context = context
        self.flow = Flow(record)
        self.send = Send(record)
        self._record = record

    def export(self, name: str, value: Any) -> None:
        """Keeps `value`, JSON only, for later steps: they read `pd.steps[step][name]`."""
        if not isinstance(name, str):
            raise TypeError(f"pd.export takes a name and a value; the name {name!r} is not a string.")
        self._record.exports[name] = self._record.value(value, name)

    def respond(self, response: Any) -> None:
        """Sets what the caller of an HTTP trigger gets; the last call counts (section 1.5)."""
        if self._record.response is not None:
            self._record.notice("pd.respond was called more than once: the last call counts.")
        if "delay" in self._record.flow:
            self._record.notice("pd.respond came after pd.flow.delay: on the platform the caller would not get it.")
        self._record.response = checked_response(response, self._record.notice)

    def __getattr__(self, name: str) -> NoReturn:
        hint = _ELSEWHERE.get(name, "it has inputs, steps, export, respond, flow, send and context")
        raise AttributeError(f"pd has no member {name!r}: {hint}.")
