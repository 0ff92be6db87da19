"""What a step prints: redacted as it comes, shown in pieces, and kept within limits (D13, D14)."""

import codecs
from collections.abc import Callable, Iterator

from pd_lsp.credentials import Redactor
from pd_lsp.execution.result import Notice, Output, StepEvent, Stream

KEPT = 1_000_000
"""Bytes kept of each stream: the first half of it and the last."""
LONGEST_PIECE = 65_536
"""Bytes of text in one event, in UTF-8."""
MOST_EVENTS = 100_000
"""Events of one run; after them output is only kept."""
MOST_NOTICES = 100
"""Sentences of one run; more would tell nobody anything."""

_SAFE_CHARACTERS = LONGEST_PIECE // 4


class Audience:
    """Whoever listens to a run; past the limit of events it hears no more output, and is told so once."""

    def __init__(self, on_event: Callable[[StepEvent], None]) -> None:
        """Takes what is called with each event."""
        self._on_event = on_event
        self._count = 0
        self.notices: list[str] = []

    def hear(self, event: StepEvent) -> None:
        """Passes an event on."""
        if isinstance(event, Notice):
            self._hear_notice(event)
            return
        self._count += 1
        if self._count <= MOST_EVENTS:
            self._on_event(event)
        elif self._count == MOST_EVENTS + 1:
            self._hear_notice(Notice(f"Only the first {MOST_EVENTS:,} pieces of output are shown as they come."))

    def leave(self) -> None:
        """Nobody listens any more; the run only comes to its end."""
        self._on_event = lambda _: None

    def _hear_notice(self, notice: Notice) -> None:
        if len(self.notices) == MOST_NOTICES:
            notice = Notice(f"Only the first {MOST_NOTICES} sentences are shown.")
        if len(self.notices) <= MOST_NOTICES:
            self.notices.append(notice.text)
            self._on_event(notice)


class OutputStream:
    """One of the two streams of a step."""

    def __init__(self, name: Stream, redactor: Redactor, audience: Audience) -> None:
        """Takes the redactor that knows every value of the run."""
        self._name = name
        self._redacting = redactor.stream()
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._audience = audience
        self._kept = Kept()

    def feed(self, content: bytes) -> None:
        """Takes what the step has written, as it comes."""
        self._show(self._redacting.feed(content), last=False)

    def end(self) -> str:
        """Shows what was held back, and returns what is kept of all."""
        self._show(self._redacting.flush(), last=True)
        return self._kept.text()

    def _show(self, content: bytes, *, last: bool) -> None:
        if self._kept.add(content):
            self._audience.hear(Notice(f"Only the first and the last half of 1 MB of {self._name} is kept."))
        for start in range(0, len(content) or 1, LONGEST_PIECE):
            end = start + LONGEST_PIECE
            for piece in _pieces(self._decoder.decode(content[start:end], last and end >= len(content))):
                self._audience.hear(Output(self._name, piece))


class Kept:
    """The first and the last half of what may be kept."""

    def __init__(self) -> None:
        self._first = bytearray()
        self._last = bytearray()
        self._dropped = 0

    def add(self, content: bytes) -> bool:
        """Keeps what there is room for; whether this was the first time that something was dropped."""
        room = KEPT // 2 - len(self._first)
        self._first += content[:room]
        self._last += content[room:]
        too_many = len(self._last) - KEPT // 2
        if too_many <= 0:
            return False
        del self._last[:too_many]
        self._dropped += too_many
        return self._dropped == too_many

    def text(self) -> str:
        """What is kept, with a line where something is missing."""
        gap = f"\n… {self._dropped:,} bytes are left out here …\n".encode() if self._dropped else b""
        return bytes(self._first + gap + self._last).decode("utf-8", "replace")


def shorten(text: str) -> str:
    """A text within the limit of one event: its first and its last half."""
    if len(text) <= _SAFE_CHARACTERS or len(text.encode("utf-8", "replace")) <= LONGEST_PIECE:
        return text
    half = _SAFE_CHARACTERS // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} characters are left out here …\n{text[-half:]}"


def _pieces(text: str) -> Iterator[str]:
    is_short = len(text) <= LONGEST_PIECE and (text.isascii() or len(text.encode()) <= LONGEST_PIECE)
    step = len(text) if is_short else _SAFE_CHARACTERS
    return (text[start : start + step] for start in range(0, len(text), step or 1))
