"""The body of a request: by its length or in chunks, and never more than 10 MB of it."""

import re
from collections.abc import Iterator, Mapping
from io import BufferedIOBase

_LARGEST = 10_000_000
_DRAINED = 5 * _LARGEST
"""So much is read of a body that is too large, because a client that is still writing would not see the refusal."""
_LENGTH = re.compile(r"[0-9]{1,18}")
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,15})[ \t]*(?:;.*)?\r?\n")
_LONGEST_LINE = 8192
_MOST_TRAILERS = 100
_PIECE = 65_536


class UnreadableError(Exception):
    """A request that can't be understood; the status and the sentence are the answer to it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


def read_body(headers: Mapping[str, str], stream: BufferedIOBase) -> bytes:
    """The body that follows `headers` in `stream`.

    Raises UnreadableError for a body that is too large or wrongly framed, and ConnectionError where the client hung up.
    """
    coding = headers.get("transfer-encoding", "").strip().lower()
    if coding == "chunked":
        return _joined(_chunks(stream))
    if coding:
        raise UnreadableError(501, "The sandbox reads no other transfer encoding than chunked.")
    length = headers.get("content-length", "0").strip()
    if not _LENGTH.fullmatch(length):
        raise UnreadableError(400, "Content-Length is not a number of bytes.")
    return _joined(_pieces(stream, int(length)))


def _joined(pieces: Iterator[bytes]) -> bytes:
    body = bytearray()
    size = 0
    for piece in pieces:
        size += len(piece)
        if size <= _LARGEST:
            body += piece
        elif size > _DRAINED:
            break
    if size > _LARGEST:
        raise UnreadableError(413, "The body is larger than 10 MB.")
    return bytes(body)


def _pieces(stream: BufferedIOBase, size: int) -> Iterator[bytes]:
    while size:
        piece = stream.read(min(size, _PIECE))
        if not piece:
            raise ConnectionAbortedError
        size -= len(piece)
        yield piece


def _chunks(stream: BufferedIOBase) -> Iterator[bytes]:
    while size := _chunk_size(stream.readline(_LONGEST_LINE)):
        yield from _pieces(stream, size)
        if stream.readline(_LONGEST_LINE).strip():
            raise UnreadableError(400, "A chunk is longer than it says.")
    for _ in range(_MOST_TRAILERS):
        if not stream.readline(_LONGEST_LINE).strip():
            return
    raise UnreadableError(400, "There are too many trailers.")


def _chunk_size(line: bytes) -> int:
    found = _CHUNK.fullmatch(line)
    if not found:
        raise UnreadableError(400, "The size of a chunk is not a hexadecimal number.")
    return int(found[1], 16)
