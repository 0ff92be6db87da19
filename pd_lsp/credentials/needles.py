"""Finds every occurrence of any of many byte strings."""

from collections.abc import Collection, Iterator

from pd_lsp.credentials.grams import Grams, GramsByLibrary, library_is_there
from pd_lsp.credentials.rare_bytes import GramsByRareBytes


class Needles:
    """Byte strings in lower case, at least four bytes each, and a quick way to all their occurrences.

    A few bytes of each needle, its *gram*, are looked for; only where one stands is anything compared. Time grows with
    the text, and with the number of grams in it that no needle follows.
    """

    def __init__(self, needles: Collection[bytes], *, by_library: bool | None = None) -> None:
        """Takes the needles; `by_library` says how to look for grams, where None is by the quicker way there is."""
        quick = library_is_there() if by_library is None else by_library
        self._grams: Grams | None = None
        if needles:
            self._grams = GramsByLibrary(needles) if quick else GramsByRareBytes(needles)

    def find(self, lower: bytes) -> Iterator[tuple[int, bytes]]:
        """Every place in a text of lower case where a needle stands, overlapping ones too, in no particular order."""
        if self._grams is None:
            return
        for at, places in self._grams.hits(lower):
            for offset, needle in places:
                if at >= offset and lower.startswith(needle, at - offset):
                    yield at - offset, needle
