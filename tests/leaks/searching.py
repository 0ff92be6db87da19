"""Finds any eight characters in a row of a secret, in whatever clothes, in megabytes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.leaks.canaries import Canary
from tests.leaks.decoding import View, views

RUN = 8
"""Characters in a row that are a hit (bytes of UTF-8, which is stricter where they are not ASCII)."""
_HALF = 4
_STEP = RUN - _HALF + 1
"""Each run of eight holds a whole half at one of the places that are so far apart: the others need no look."""
_AROUND = 60
_LARGE = 2_000_000
"""Bytes from which on each line is searched once, however often it comes: a flood says little."""
_LINE = re.compile(rb"\n|\\n")


@dataclass(frozen=True)
class Hit:
    """A part of a secret, where none may be."""

    canary: Canary
    way: tuple[str, ...]
    offset: int
    """Bytes into the text as it was decoded."""
    around: str
    """What stands there, with a name in the place of every secret."""

    def __str__(self) -> str:
        decoded = f", {', '.join(self.way)}" if self.way else ", as it is"
        return f"{self.canary.name}{decoded}, at byte {self.offset}: …{self.around}…"


class Searcher:
    """Knows every run of eight of many secrets, in any case."""

    def __init__(self, canaries: Iterable[Canary]) -> None:
        known = tuple(canaries)
        self._runs: dict[bytes, Canary] = {}
        self._halves: set[bytes] = set()
        for canary in known:
            self.learn(canary)
        self._words = {canary.value.encode(): canary for canary in known if canary.expected == "no word of its own"}
        words = b"|".join(map(re.escape, self._words))
        self._word = re.compile(rb"(?<![0-9A-Za-z_])(?:%b)(?![0-9A-Za-z_])" % words) if words else None

    def learn(self, canary: Canary) -> None:
        """Looks for one more from now on, if none of it may be shown."""
        if canary.expected == "never shown":
            for run in _secret_runs(canary):
                self._runs.setdefault(run, canary)
                self._halves.update(run[start : start + _HALF] for start in range(_STEP))

    def hits(self, content: bytes) -> list[Hit]:
        """One hit for each secret and each way in which it is found."""
        found: dict[tuple[Canary, tuple[str, ...]], Hit] = {}
        if len(content) > _LARGE:
            content = b"\n".join(dict.fromkeys(_LINE.split(content)))
        for view in views(content):
            for canary, at in self._found(view):
                if (canary, view.way) not in found:
                    found[canary, view.way] = Hit(canary, view.way, at, self.blanked(view.text, at))
        return list(found.values())

    def blanked(self, text: bytes, at: int) -> str:
        """The surroundings of a place, with a name in the place of every secret."""
        start = max(0, at - _AROUND)
        piece = text[start : at + RUN + _AROUND]
        covered: list[Canary | None] = [None] * len(piece)
        for index, canary in self._each_run(piece.lower(), range(len(piece))):
            covered[index : index + RUN] = [canary] * len(covered[index : index + RUN])
        for found in self._word.finditer(piece) if self._word else ():
            covered[found.start() : found.end()] = [self._words[found[0]]] * len(found[0])
        shown, last = bytearray(), None
        for byte, canary in zip(piece, covered, strict=True):
            shown += bytes([byte]) if canary is None else b"" if canary == last else canary.name.encode()
            last = canary
        around = bytes(shown)
        return "(secrets in other clothes)" if self._holds_more(around) else around.decode("utf-8", "replace")

    def _holds_more(self, content: bytes) -> bool:
        return any(True for view in views(content) for _ in self._found(view))

    def _found(self, view: View) -> Iterator[tuple[Canary, int]]:
        lower = view.text.lower()
        halves = self._halves
        for at in range(0, len(lower) - _HALF + 1, _STEP):
            if lower[at : at + _HALF] in halves:
                for index, canary in self._each_run(lower, range(max(0, at - _STEP + 1), at + 1)):
                    yield canary, index
        if self._word and not view.is_noise:
            for found in self._word.finditer(view.text):
                yield self._words[found[0]], found.start()

    def _each_run(self, lower: bytes, places: range) -> Iterator[tuple[int, Canary]]:
        for index in places:
            canary = self._runs.get(lower[index : index + RUN])
            if canary:
                yield index, canary


def _secret_runs(canary: Canary) -> Iterator[bytes]:
    """Every run in lower case that holds nothing public."""
    for case in (str, str.lower, str.upper):
        text = case(canary.value).encode()
        secret = bytearray(b"\1" * len(text))
        for part in (case(part).encode() for part in canary.public):
            at = -1
            while (at := text.find(part, at + 1)) >= 0:
                secret[at : at + len(part)] = bytes(len(part))
        lower = text.lower()
        for at in range(len(text) - RUN + 1):
            if all(secret[at : at + RUN]):
                yield lower[at : at + RUN]
