"""What goes wrong with one answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from email.utils import format_datetime
from http import HTTPStatus

from pd_lsp.sandbox.exchange import Answer, Delivery
from pd_lsp.sandbox.faults.gate import Gate

_SENDS_NOTHING_PROPER = frozenset({Delivery.ENDLESS, Delivery.DROPPED, Delivery.RESET})


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong; the parts can be combined, and what is not named is as it should be.

    Where nothing of the proper answer would be sent, the request has no effect either: a `POST` that gets a `500`
    creates nothing.
    """

    status: int | None = None
    """The status in place of the proper one, with an error's body (docs/platform.md, section 4.8)."""
    retry_after: int | datetime | None = None
    """The header `Retry-After`: seconds, or a moment (in UTC where it names no zone), sent as an HTTP date."""
    body: bytes | None = None
    """The body in place of any other."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Headers beside the usual ones, or in place of them."""
    delivery: Delivery = Delivery.WHOLE
    gate: Gate | None = None
    """What the answer waits at before its first byte."""

    def spoil(self, proper: Callable[[], Answer]) -> Answer:
        """The answer with what is wrong with it; `proper` is asked for the proper one where any of it is needed."""
        answer = Answer(self._status, {"error": _phrase(self._status)}) if self._replaces else proper()
        headers = {**answer.headers, **self._retry_after(), **self.headers}
        content = answer.content if self.body is None else self.body
        wait = self.gate.hold if self.gate else answer.wait
        return replace(answer, headers=headers, content=content, delivery=self.delivery, wait=wait)

    @property
    def _replaces(self) -> bool:
        return self.status is not None or self.body is not None or self.delivery in _SENDS_NOTHING_PROPER

    @property
    def _status(self) -> int:
        return HTTPStatus.OK if self.status is None else self.status

    def _retry_after(self) -> dict[str, str]:
        if self.retry_after is None:
            return {}
        if isinstance(self.retry_after, datetime):
            moment = self.retry_after if self.retry_after.tzinfo else self.retry_after.replace(tzinfo=timezone.utc)
            return {"Retry-After": format_datetime(moment.astimezone(timezone.utc), usegmt=True)}
        return {"Retry-After": str(self.retry_after)}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown error"
