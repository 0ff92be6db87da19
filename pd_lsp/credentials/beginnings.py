"""Which ends of a text may be the beginning of one of many byte strings."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from pd_lsp.credentials.needles import Needles

_HEAD = 8


class Beginnings:
    """Byte strings in lower case, and which of them a text breaks off in."""

    def __init__(self, texts: Collection[bytes]) -> None:
        """Takes the whole strings."""
        self.longest = max(map(len, texts), default=0)
        self._short = frozenset(text[:length] for text in texts for length in range(1, min(len(text), _HEAD)))
        self._long: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for text in texts:
            if len(text) > _HEAD:
                self._long[text[:_HEAD]].append(text)
        self._heads = Needles(self._long)

    def in_end_of(self, content: bytes) -> Iterator[int]:
        """Every index from which on `content` begins one of the strings without ending it, in any case."""
        before = max(0, len(content) - self.longest)
        lower = content[before:].lower()
        size = len(lower)
        yield from (before + index for index in range(max(0, size - _HEAD + 1), size) if lower[index:] in self._short)
        for index, head in self._heads.find(lower):
            rest = lower[index:]
            if any(len(text) > len(rest) and text.startswith(rest) for text in self._long[head]):
                yield before + index
