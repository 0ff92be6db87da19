"""LSP's base protocol: bytes to messages and back, strictly (D23)."""

import re

_LONGEST_HEADER = 8_000
_LARGEST_BODY = 64_000_000
_CONTENT_LENGTH = re.compile(rb"content-length[ \t]*:[ \t]*(\d{1,10})[ \t]*", re.IGNORECASE)
_END_OF_HEADERS = re.compile(rb"(?:\A|\n)\r?\n")


class FramingError(Exception):
    """What came in can't be cut into messages any more; the only way on is to end."""


class Cutter:
    """Cuts what comes in, in pieces of any size, into messages."""

    def __init__(self) -> None:
        self._waiting = bytearray()
        self._length: int | None = None
        """The length of the body that comes next, once its headers are here."""

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies of the messages that `data` completes. Raises FramingError."""
        self._waiting += data
        bodies = []
        while (body := self._next()) is not None:
            bodies.append(body)
        return bodies

    def end(self) -> None:
        """Says that nothing more comes. Raises FramingError where that is inside a message."""
        if self._waiting or self._length is not None:
            raise FramingError("the stream ends inside a message")

    def _next(self) -> bytes | None:
        if self._length is None:
            self._length = self._read_headers()
        if self._length is None or len(self._waiting) < self._length:
            return None
        body = bytes(self._waiting[: self._length])
        del self._waiting[: self._length]
        self._length = None
        return body

    def _read_headers(self) -> int | None:
        """The length of the next body, if its headers are whole."""
        end = _END_OF_HEADERS.search(self._waiting, 0, _LONGEST_HEADER)
        if end is None and len(self._waiting) >= _LONGEST_HEADER:
            raise FramingError("a header has no end")
        if end is None:
            return None
        headers = bytes(self._waiting[: end.start()])
        del self._waiting[: end.end()]
        named = [found for line in headers.split(b"\n") if (found := _CONTENT_LENGTH.fullmatch(line.rstrip(b"\r")))]
        length = int(named[-1][1]) if named else None
        if length is None or length > _LARGEST_BODY:
            raise FramingError("a message has no length, or is too large")
        return length


def framed(body: bytes) -> bytes:
    """A message as it goes over the wire."""
    return b"Content-Length: %d\r\n\r\n%b" % (len(body), body)
