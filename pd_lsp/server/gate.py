"""The last gate: what every message to the editor passes (D17)."""

import asyncio
import logging
from collections.abc import Iterable

from pd_lsp.credentials import Redactor, Secret

logger = logging.getLogger(__name__)

_LINGERING = 30.0
"""Seconds that the values of a run are known after its end: its result is written, and what waits in the queue (D4
allows sixty)."""
_SHORTEST = 8
"""Shorter values are blanked as words in what a step prints (D14); in a whole message they would be anything."""


class Gate:
    """Knows the values of the runs under way, and replaces any that reaches a finished message."""

    def __init__(self) -> None:
        self._redactors: tuple[Redactor, ...] = ()
        self.hits = 0
        """Messages in which a value had to be replaced: each is a mistake of something before the gate."""

    async def watch(self, secrets: Iterable[Secret]) -> Redactor:
        """Watches for these values, as far as they are long enough to be told from other text, until `forget`.

        A thread makes all forms of them, so that nobody who types meanwhile waits for that.
        """
        redactor = await asyncio.to_thread(Redactor, [one for one in secrets if len(one.value) >= _SHORTEST])
        self._redactors = (*self._redactors, redactor)
        return redactor

    def forget_soon(self, watched: Redactor) -> None:
        """Forgets what `watch` gave, once all that the run has said is written."""
        asyncio.get_running_loop().call_later(_LINGERING, self.forget, watched)

    def forget(self, watched: Redactor) -> None:
        """Forgets what `watch` gave, now."""
        self._redactors = tuple(redactor for redactor in self._redactors if redactor is not watched)

    def __call__(self, body: bytes) -> bytes:
        """`body`, with every known value replaced."""
        for redactor in self._redactors:
            clean = redactor.redact_bytes(body)
            if clean != body:
                self.hits += 1
                logger.error("A message held a secret value, which was replaced. Please report this.")
                body = clean
        return body
