from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_lsp.server.framing import Cutter, FramingError, framed


def messages(*pieces: bytes) -> list[bytes]:
    """The messages in a stream that comes in these pieces, and then ends."""
    cutter = Cutter()
    found = [body for piece in pieces for body in cutter.feed(piece)]
    cutter.end()
    return found


def test_messages_are_read_one_after_the_other() -> None:
    assert messages(b"Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\nnull") == [b"{}", b"null"]


@given(st.lists(st.binary(max_size=30), max_size=4), st.lists(st.integers(0, 150), max_size=6))
def test_messages_are_the_same_in_whatever_pieces_they_come(bodies: list[bytes], cuts: list[int]) -> None:
    stream = b"".join(map(framed, bodies))
    places = [0, *sorted(min(cut, len(stream)) for cut in cuts), len(stream)]
    assert messages(*(stream[start:end] for start, end in pairwise(places))) == bodies


@pytest.mark.parametrize("header", [b"content-length: 2", b"CONTENT-LENGTH:2", b"Content-Length:  2  "])
def test_header_names_count_in_any_case(header: bytes) -> None:
    assert messages(header + b"\r\n\r\n{}") == [b"{}"]


def test_other_headers_are_passed_over() -> None:
    assert messages(b"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}") == [
        b"{}"
    ]


def test_an_empty_stream_ends_orderly() -> None:
    assert messages(b"") == []


@pytest.mark.parametrize(
    "stream",
    [
        b"Content-Length: 10\r\n\r\n{}",
        b"Content-Length: 2",
        b"Content-Length: 2\r\n\r\n",
        b"Content-Type: x\r\n\r\n{}",
        b"Content-Length: -1\r\n\r\n",
        b"Content-Length: 99999999999\r\n\r\n",
        b"Content-Length: 64000001\r\n\r\n",
        b"\r\n\r\n",
        b"x" * 9000,
        b"x: y\r\n" * 2000,
    ],
)
def test_a_stream_that_can_not_be_cut_into_messages_is_an_error(stream: bytes) -> None:
    with pytest.raises(FramingError):
        messages(stream)
