import asyncio
import os
import sys
from pathlib import Path

import psutil
import pytest

from pd_lsp.accounts.program import program_name
from pd_lsp.accounts.secret_command import LARGEST_OUTPUT, printed_by
from pd_lsp.accounts.secret_errors import CommandError
from tests.execution.running import eventually, is_gone

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs of these tests are shell scripts")

SECRET = "made-up-secret-é-1234"


@pytest.fixture(autouse=True)
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder on PATH, and a home folder."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return folder


def program(folder: Path, script: str, name: str = "vault") -> str:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)
    return name


@pytest.mark.parametrize("end", ["", "\\n", "\\r\\n"])
async def test_the_one_line_that_is_printed_is_the_secret_without_its_end(programs: Path, end: str) -> None:
    assert await printed_by((program(programs, f"printf '{SECRET}{end}'"),)) == SECRET


async def test_of_several_lines_all_are_the_secret_as_they_were_printed(programs: Path) -> None:
    key = "-----BEGIN KEY-----\nAAAA\n-----END KEY-----\n"
    assert await printed_by((program(programs, f"printf '%s' '{key}'"),)) == key


async def test_arguments_are_given_as_they_are_and_no_shell_reads_them(programs: Path) -> None:
    name = program(programs, "printf '%s.' \"$@\"")
    assert await printed_by((name, "a b", "$HOME", "`id`", "; id", "")) == "a b.$HOME.`id`.; id.."


async def test_a_program_can_be_named_by_its_whole_path(programs: Path) -> None:
    path = str(programs / program(programs, f"echo {SECRET}", "the vault"))
    assert await printed_by((path,)) == SECRET
    assert program_name((path,)) == "the vault"


async def test_a_command_has_nothing_to_read_and_no_terminal_and_the_home_folder(programs: Path) -> None:
    look = "import os; print(os.getcwd(), os.getsid(0))"
    name = program(programs, f"(: </dev/tty) 2>/dev/null && echo terminal; cat; '{sys.executable}' -c '{look}'")
    folder, session = (await printed_by((name,))).split()
    assert folder == os.environ["HOME"]
    assert int(session) != os.getsid(0)


async def test_a_command_has_the_persons_environment_without_pipedreams_variables(
    programs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIPEDREAM_CLIENT_SECRET", SECRET)
    monkeypatch.setenv("VAULT_ADDRESS", "kept")
    assert await printed_by((program(programs, "env | grep -e ^PIPEDREAM -e ^VAULT_"),)) == "VAULT_ADDRESS=kept"


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        (f"echo {SECRET}; exit 3", "The command “vault” ended with status 3: run it in a terminal to see why."),
        ("kill -9 $$", "The command “vault” ended with status -9: run it in a terminal to see why."),
        ("", "The command “vault” printed nothing: run it in a terminal to see why."),
        ("echo; echo ' '", "The command “vault” printed nothing: run it in a terminal to see why."),
        (f"echo {SECRET}; printf '\\377'", "What the command “vault” printed is no text in UTF-8: let it print text."),
        (f"yes {SECRET}", "The command “vault” printed more than 64 kB: let it print the secret and nothing else."),
    ],
)
async def test_a_command_that_does_not_print_a_secret_is_a_sentence(
    programs: Path, script: str, sentence: str, capfd: pytest.CaptureFixture[str]
) -> None:
    name = program(programs, f"echo {SECRET} >&2\n{script}")
    with pytest.raises(CommandError) as caught:
        await printed_by((name, "--token", SECRET))
    assert str(caught.value) == sentence
    assert capfd.readouterr() == ("", "")


async def test_as_much_as_is_allowed_is_read(programs: Path) -> None:
    name = program(programs, f"head -c {LARGEST_OUTPUT} /dev/zero | tr '\\0' x")
    assert await printed_by((name,)) == "x" * LARGEST_OUTPUT


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (("no-such-program", SECRET), "no-such-program"),
        ((f"no-such-program --token {SECRET}",), "no-such-program …"),
        ((f"/no/such/folder/program --token {SECRET}",), "program …"),
        ((f"no-such-program read op://shelf/{SECRET}",), "no-such-program …"),
        (("x" * 5000,), "x" * 200),
        (("bin/vault", SECRET), "vault"),
        (("./vault", SECRET), "vault"),
        (("..",), ".."),
        (("",), ""),
        (("va\u202eult",), "vault"),
    ],
)
async def test_a_program_that_is_not_on_path_is_a_sentence(
    programs: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], shown: str
) -> None:
    program(programs, f"echo {SECRET}")
    monkeypatch.chdir(programs)
    with pytest.raises(CommandError) as caught:
        await printed_by(command)
    assert str(caught.value) == (
        f"There is no program “{shown}” on PATH: install it, or name it by its whole path, each argument by itself."
    )
    assert program_name(command) == shown


@pytest.mark.parametrize("path", ["", ".", "bin::.:../bin"])
async def test_a_program_of_the_current_folder_is_never_meant(
    programs: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    program(programs, f"echo {SECRET}")
    monkeypatch.chdir(programs)
    monkeypatch.setenv("PATH", path)
    with pytest.raises(CommandError, match="There is no program “vault” on PATH"):
        await printed_by(("vault",))


@pytest.mark.parametrize(("text", "error"), [("not for this system", "OSError"), ("#!/no/such/shell", "FileNotFound")])
async def test_a_program_that_can_not_be_started_is_a_sentence(programs: Path, text: str, error: str) -> None:
    (programs / "vault").write_text(text)
    (programs / "vault").chmod(0o755)
    with pytest.raises(CommandError, match=rf"“vault” can't be started \({error}\w*\): run it in a terminal"):
        await printed_by(("vault",))


async def test_an_argument_that_no_program_can_be_given_is_a_sentence(programs: Path) -> None:
    with pytest.raises(CommandError, match=r"can't be started \(ValueError\)"):
        await printed_by((program(programs, "echo"), "a\0b"))


STARTS_ANOTHER = 'sleep 3600 & echo "$$ $!" >"$HOME/new"; mv "$HOME/new" "$HOME/processes"; '


def nothing_is_left() -> bool:
    """Whether the processes that a script has noted in the home folder have ended."""
    noted = Path(os.environ["HOME"], "processes").read_text().split()
    return all(is_gone(int(process)) for process in noted)


async def test_a_command_that_does_not_end_is_killed_with_what_it_started(programs: Path) -> None:
    with pytest.raises(CommandError, match="“vault” did not end in 2 seconds: run it in a terminal to see why"):
        await printed_by((program(programs, f"{STARTS_ANOTHER} wait"),), seconds=2)
    await eventually(nothing_is_left)


async def test_a_command_that_prints_too_much_is_killed_with_what_it_started(programs: Path) -> None:
    with pytest.raises(CommandError, match="more than 64 kB"):
        await printed_by((program(programs, f"{STARTS_ANOTHER} yes"),), seconds=3600)
    await eventually(nothing_is_left)


async def test_a_caller_that_is_cancelled_leaves_no_process(programs: Path) -> None:
    started = Path(os.environ["HOME"], "started")
    os.mkfifo(started)
    name = program(programs, f'{STARTS_ANOTHER} : >"$HOME/started"; wait')
    asking = asyncio.create_task(printed_by((name,)))
    await asyncio.to_thread(started.read_text)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await eventually(nothing_is_left)


async def test_a_caller_that_is_cancelled_while_the_process_starts_leaves_none(programs: Path) -> None:
    started = Path(os.environ["HOME"], "started")
    os.mkfifo(started)
    name = program(programs, f'{STARTS_ANOTHER} : >"$HOME/started"; wait')
    asking = asyncio.create_task(printed_by((name,)))
    await asyncio.sleep(0)
    await asyncio.sleep(0)  # the process is there, and asyncio is not through with its pipes
    started.read_text()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    await eventually(nothing_is_left)


async def test_output_that_another_session_keeps_open_is_given_up(
    programs: Path, caplog: pytest.LogCaptureFixture
) -> None:
    leave = "import os, signal; left = os.fork(); print(left) if left else (os.setsid(), signal.pause())"
    script = f"'{sys.executable}' -S -c '{leave}' 3>&1 >$HOME/processes"
    with pytest.raises(CommandError, match="did not end in 3 seconds"):
        await printed_by((program(programs, script),), seconds=3)
    psutil.Process(int(Path(os.environ["HOME"], "processes").read_text())).kill()
    assert caplog.text == ""
