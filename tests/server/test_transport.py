import io

import pytest

from pd_lsp.server.transport import FramingError, Writer, read_message


def messages(stream: bytes) -> list[bytes]:
    source, found = io.BytesIO(stream), []
    while (body := read_message(source)) is not None:
        found.append(body)
    return found


def test_messages_are_read_one_after_the_other() -> None:
    assert messages(b"Content-Length: 2\r\n\r\n{}Content-Length: 4\r\n\r\nnull") == [b"{}", b"null"]


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


def test_the_writer_frames_what_it_is_given_by_its_length_after_the_gate() -> None:
    written = io.BytesIO()
    writer = Writer(written, gate=lambda body: body.replace(b"secret", "‹it›".encode()))
    writer.write(b'Content-Length: 8\r\n\r\n"secret"')
    writer.close()
    assert messages(written.getvalue()) == ['"‹it›"'.encode()]


def test_a_reader_that_went_away_does_not_disturb_the_writer() -> None:
    class Gone(io.BytesIO):
        def write(self, _data: object) -> int:
            raise BrokenPipeError

    writer = Writer(Gone(), gate=lambda body: body)
    writer.write(b"\r\n\r\n{}")
    writer.close()
