"""Which faults are to come, and which request each waits for."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.faults.fault import Fault
from pd_lsp.sandbox.faults.gate import Gate


@dataclass(slots=True)
class Planned:
    """A fault, the requests that get it, and for how many of them."""

    fault: Fault
    host: str
    """Empty for the API."""
    method: str
    path: str
    """As it is sent, without the query; `*` in it (and in `method`) stands for anything."""
    spared: int
    """How many such requests go well first."""
    left: int | None
    """How many more get it; None: all."""

    def meets(self, request: Request, host: str) -> bool:
        """Whether `request` gets the fault; counts it."""
        fits = host == self.host and _fits(self.method, request.method) and _fits(self.path, request.path)
        if not fits or self.left == 0:
            return False
        if self.spared:
            self.spared -= 1
            return False
        self.left = None if self.left is None else self.left - 1
        return True


@dataclass(slots=True)
class FaultPlan:
    """The faults of one sandbox, in the order in which they were asked for."""

    _planned: list[Planned] = field(default_factory=list)

    def add(self, planned: Planned) -> None:
        """Puts a fault behind the others. Raises ValueError for one that no request could ever get."""
        if (planned.left is not None and planned.left < 1) or planned.spared < 0:
            raise ValueError("A fault happens at least once, after none or some requests that go well.")
        if not planned.path.startswith(("/", "*")) or "?" in planned.path:
            raise ValueError("A path begins with a slash, and has no query.")
        if planned.method != planned.method.upper():
            raise ValueError("A method is written in capital letters.")
        self._planned.append(planned)

    def spoil(self, request: Request, host: str, proper: Callable[[], Answer]) -> Answer:
        """The answer to `request` at `host`: the proper one, or what the first fault that it meets makes of that."""
        fault = next((planned.fault for planned in self._planned if planned.meets(request, host)), None)
        return fault.spoil(proper) if fault else proper()

    def waiting(self) -> int:
        """How many faults have requests left to wait for."""
        return sum(planned.left != 0 for planned in self._planned)

    def clear(self) -> None:
        """Forgets all of them, and opens their gates."""
        for gate in _gates(self._planned):
            gate.open()
        self._planned.clear()


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text) is not None


def _gates(planned: Iterable[Planned]) -> list[Gate]:
    return [one.fault.gate for one in planned if one.fault.gate]
