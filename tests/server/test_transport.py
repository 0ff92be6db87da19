"""Reader and writer, on every kind of file that an editor may give as a standard stream."""

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from pd_lsp.server.framing import framed
from pd_lsp.server.pipes import open_writer, read_from

Ends = tuple[int, int]
"""Where to read, and where to write."""
LARGE = b"x" * 3_000_000
CONNECTED = pytest.mark.parametrize("ends", ["pipe", "socket"], indirect=True)


@pytest.fixture(params=["pipe", "socket", "file"])
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ends]:
    match request.param:
        case "pipe":
            ends = os.pipe()
        case "socket":
            reading, writing = socket.socketpair()
            ends = reading.detach(), writing.detach()
        case _:
            writing_end = os.open(tmp_path / "stream", os.O_CREAT | os.O_WRONLY)
            ends = os.open(tmp_path / "stream", os.O_RDONLY), writing_end
    yield ends
    for end in ends:
        with suppress(OSError):  # a test has closed it
            os.close(end)


def unchanged(body: bytes) -> bytes:
    return body


async def read_all(file: int) -> bytes:
    """All that comes in until the end, as the server reads it."""
    pieces: asyncio.Queue[bytes] = asyncio.Queue()
    stop, found = read_from(file, pieces.put_nowait), b""
    while piece := await pieces.get():
        found += piece
    stop()
    return found


def read_exactly(file: int, size: int) -> bytes:
    """So much, as an editor reads it."""
    found = b""
    while len(found) < size:
        found += os.read(file, size - len(found))
    return found


async def test_all_that_comes_in_is_handed_over(ends: Ends) -> None:
    reading, writing = ends
    os.write(writing, b"one, two")
    os.close(writing)
    assert await read_all(reading) == b"one, two"


async def test_what_comes_after_the_reader_was_stopped_stays_where_it_is() -> None:
    reading, writing = os.pipe()
    read_from(reading, lambda _: pytest.fail("it was read"))()
    os.write(writing, b"one")
    await asyncio.sleep(0)
    assert os.read(reading, 3) == b"one"
    os.close(reading)
    os.close(writing)


async def test_a_message_is_framed_by_its_length_after_the_gate(ends: Ends) -> None:
    reading, writing = ends
    writer = open_writer(writing, lambda body: body.replace(b"secret", "‹it›".encode()))
    writer.write(b'Content-Length: 8\r\n\r\n"secret"')
    writer.close()
    os.close(writing)
    assert await read_all(reading) == framed('"‹it›"'.encode())


@CONNECTED
async def test_an_editor_that_reads_late_gets_everything_in_order(ends: Ends) -> None:
    reading, writing = ends
    writer = open_writer(writing, unchanged)
    bodies = (b"first", LARGE, b"last")
    for body in bodies:
        writer.write(b"\r\n\r\n" + body)
    expected = b"".join(map(framed, bodies))
    assert await asyncio.to_thread(read_exactly, reading, len(expected)) == expected
    writer.close()


@CONNECTED
async def test_what_waits_is_still_written_at_the_end(ends: Ends) -> None:
    reading, writing = ends
    writer = open_writer(writing, unchanged)
    writer.write(b"\r\n\r\n" + LARGE)
    heard = asyncio.create_task(asyncio.to_thread(read_exactly, reading, len(framed(LARGE))))
    await asyncio.sleep(0)
    writer.close(patience=20)
    assert await heard == framed(LARGE)


@CONNECTED
async def test_an_editor_that_reads_no_longer_does_not_stop_the_server(ends: Ends) -> None:
    writer = open_writer(ends[1], unchanged)
    for _ in range(3):
        writer.write(b"\r\n\r\n" + LARGE)
    writer.close(patience=0.01)


@CONNECTED
async def test_an_editor_that_went_away_does_not_disturb_the_writer(ends: Ends) -> None:
    reading, writing = ends
    os.close(reading)
    writer = open_writer(writing, unchanged)
    for _ in range(3):
        writer.write(b"\r\n\r\n{}")
    writer.close()
