import asyncio
import time
from pathlib import Path

from pd_lsp.credentials import Redactor
from pd_lsp.execution.output import KEPT, LONGEST_PIECE, MOST_EVENTS, MOST_NOTICES, Audience, OutputStream, shorten
from pd_lsp.execution.result import Notice, Output, StepEvent
from pd_lsp.execution.run import run_step
from tests.execution.running import SLACK, TOKEN, eventually, handle, request


async def test_what_is_printed_is_heard_and_kept() -> None:
    done = await handle('print("to you")\nprint("to them", file=sys.stderr)')
    assert done.text("stdout") == done.result.stdout == "to you\n"
    assert done.text("stderr") == done.result.stderr == "to them\n"


async def test_what_goes_to_both_streams_comes_in_the_order_in_which_it_was_printed() -> None:
    done = await handle(
        "for n in range(10):\n    print(n, 'out')\n    print(n, 'error', file=sys.stderr)\n"
        "sys.stdout.write('open')\nsys.stdout.flush()\nsys.stderr.write('end')"
    )
    printed = "".join(event.text for event in done.events if isinstance(event, Output))
    assert printed == "".join(f"{n} out\n{n} error\n" for n in range(10)) + "openend"


async def test_streams_are_what_python_gives_a_step_otherwise() -> None:
    done = await handle(
        "return [(one.name, one.fileno(), one.encoding, one.errors, one.line_buffering, one.isatty())"
        " for one in (sys.stdout, sys.stderr)]"
    )
    assert done.result.returned == [
        ["<stdout>", 1, "utf-8", "surrogateescape", True, False],
        ["<stderr>", 2, "utf-8", "backslashreplace", True, False],
    ]


async def test_output_comes_while_the_step_still_runs(tmp_path) -> None:
    heard, go_on = asyncio.Event(), tmp_path / "go_on"
    step = f"""
        import os, time
        def handler(pd):
            print("waiting")
            while not os.path.exists({str(go_on)!r}):
                time.sleep(0.01)
            return "went on"
        """
    running = asyncio.ensure_future(run_step(request(step), lambda _: heard.set()))
    await asyncio.wait_for(heard.wait(), 20)
    go_on.touch()
    assert (await running).returned == "went on"


async def test_text_of_any_language_is_shown_as_it_is() -> None:
    done = await handle('print("schön 雪 🙂")')
    assert done.result.stdout == "schön 雪 🙂\n"


async def test_bytes_that_are_no_text_are_replaced() -> None:
    done = await handle('sys.stdout.buffer.write(b"a\\xff\\xfe\\x00b\\n")')
    assert done.result.stdout == "a\ufffd\ufffd\0b\n"
    assert done.result.ok


async def test_ten_megabytes_stream_and_the_first_and_last_half_of_one_are_kept() -> None:
    done = await handle('for n in range(1_000_000):\n    print(f"{n:09}")')
    assert done.result.ok
    assert done.text("stdout") == "".join(f"{n:09}\n" for n in range(1_000_000))
    assert done.result.stdout.startswith("000000000\n")
    assert done.result.stdout.endswith("000999999\n")
    assert KEPT <= len(done.result.stdout) < KEPT + 100
    kept, size = done.result.notices
    assert kept == "Only the first and the last half of 1 MB of stdout is kept."
    assert size.startswith("Logs, exports and event have 9.5 MB together: the platform allows 6 MB")
    assert max(len(event.text.encode()) for event in done.events) <= LONGEST_PIECE


async def test_a_step_may_close_its_output() -> None:
    done = await handle('print("before")\nsys.stdout.close()\nos.close(2)\nreturn "done"')
    assert done.result.returned == "done"
    assert done.result.stdout == "before\n"


async def test_a_step_may_replace_its_output() -> None:
    done = await handle('import io\nsys.stdout = io.StringIO()\nprint("lost")\nreturn "done"')
    assert done.result.returned == "done"
    assert done.result.stdout == ""


async def test_what_is_written_past_python_is_heard() -> None:
    done = await handle('os.write(1, b"raw\\n")\nos.system("echo from a shell")\nreturn 1')
    assert done.result.returned == 1
    assert done.result.stdout == "raw\nfrom a shell\n"


async def test_a_step_that_closes_or_writes_to_low_descriptors_does_not_disturb_the_conversation() -> None:
    done = await handle(
        """
        for descriptor in range(3, 20):
            try:
                os.write(descriptor, b"disturbed\\n")
            except OSError:
                pass
        os.closerange(3, 100)
        return "heard"
        """
    )
    assert done.result.returned == "heard"


async def test_a_child_process_does_not_get_our_descriptors() -> None:
    done = await handle('return os.popen("ls /proc/self/fd").read().split()')
    assert len(done.result.returned) <= 4  # the three ordinary ones, and the folder that ls reads


async def test_a_secret_split_between_writes_is_blanked() -> None:
    first, last = TOKEN[:9], TOKEN[9:]
    done = await handle(
        f"""
        import time
        os.write(1, b"<{first}")
        time.sleep(0.05)
        os.write(1, b"{last}>\\n")
        """,
        accounts={"slack": SLACK},
    )
    assert done.result.stdout == "<‹slack.oauth_access_token›>\n"
    assert done.text("stdout") == done.result.stdout


async def test_a_step_waits_for_a_listener_that_takes_its_time(tmp_path: Path) -> None:
    progress = tmp_path / "written"
    written: list[int] = []

    def hesitate(_event: StepEvent) -> None:
        """At the first output, waits until the step writes no more for as long as it takes to be sure."""
        deadline = time.monotonic() + 20
        same = 0
        while not written and same < 25 and time.monotonic() < deadline:
            before = progress.stat().st_size
            time.sleep(0.02)
            same = same + 1 if progress.stat().st_size == before else 0
        written.append(progress.stat().st_size)

    step = f"""
        import os
        def handler(pd):
            with open({str(progress)!r}, "wb", buffering=0) as progress:
                for n in range(1000):
                    os.write(1, b"x" * 49_999 + b"\\n")
                    progress.write(b".")
        """
    result = await run_step(request(step), hesitate)
    assert result.ok
    assert written[0] < 200  # of fifty megabytes, ten at most are on their way
    assert progress.stat().st_size == 1000


async def test_a_listener_that_is_behind_holds_the_step_back_until_the_run_is_stopped() -> None:
    heard: list[StepEvent] = []
    caught_up, cancelled = asyncio.Event(), asyncio.Event()
    step = "import os\ndef handler(pd):\n    while True:\n        os.write(1, b'x' * 65_536)\n"
    running = asyncio.ensure_future(
        run_step(
            request(step), heard.append, cancelled=cancelled, held_back=lambda: caught_up.wait() if heard else None
        )
    )
    await eventually(lambda: heard)
    assert (await handle("return 'meanwhile'")).result.returned == "meanwhile"
    assert len(heard) == 1
    caught_up.set()
    await eventually(lambda: len(heard) > 100)
    caught_up.clear()
    cancelled.set()
    assert (await running).outcome == "cancelled"


def test_past_the_most_events_output_is_kept_and_the_listener_is_told_once() -> None:
    heard: list[StepEvent] = []
    stream = OutputStream("stdout", Redactor(()), Audience(heard.append))
    for _ in range(MOST_EVENTS + 10):
        stream.feed(b"x")
    assert stream.end() == "x" * (MOST_EVENTS + 10)
    assert len(heard) == MOST_EVENTS + 1
    assert heard[-1] == Notice("Only the first 100,000 pieces of output are shown as they come.")


def test_a_flood_of_notices_is_cut() -> None:
    heard: list[StepEvent] = []
    audience = Audience(heard.append)
    for number in range(1000):
        audience.hear(Notice(str(number)))
    assert len(heard) == len(audience.notices) == MOST_NOTICES + 1
    assert heard[-1] == Notice("Only the first 100 sentences are shown.")


def test_a_character_cut_between_pieces_is_put_together() -> None:
    heard: list[StepEvent] = []
    stream = OutputStream("stderr", Redactor(()), Audience(heard.append))
    for byte in "é🙂".encode():
        stream.feed(bytes([byte]))
    assert stream.end() == "é🙂"
    assert "".join(event.text for event in heard) == "é🙂"


def test_a_long_text_is_shortened_in_its_middle() -> None:
    text = "a" * 100_000 + "b" * 100_000
    assert shorten("short") == "short"
    assert shorten(text).startswith("aaa")
    assert shorten(text).endswith("bbb")
    assert "characters are left out here" in shorten(text)
    assert len(shorten("🙂" * 100_000).encode()) <= LONGEST_PIECE + 100
