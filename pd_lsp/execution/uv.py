"""The one place that calls uv: it finds a Python, decides on versions, and makes environments (D10).

uv has the person's own configuration: which index, through which proxy. It never sees a folder of theirs, whose files
could name another index, and never downloads a Python.
"""

import asyncio
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pd_lsp.execution.errors import RunError
from pd_lsp.execution.lifeline import THEN
from pd_lsp.private_files import cache_folder, make_private

_LIFELINE = Path(__file__).parent / "lifeline.py"
_PATIENCE = 600.0
"""Seconds that a download may take."""
_INDEX = re.compile(r"^--(?:default-|extra-)?index(?:-url)? (\S+)$", re.MULTILINE)
_NO_INDEX = re.compile(r"^(?:--no-index|--find-links \S+)", re.MULTILINE)


class PackagesError(RunError):
    """Packages that can't be had. The message says which, and what to do."""


class UnsolvedError(PackagesError):
    """No versions fit together, or within the constraints; the index was reached."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Versions that fit together, and where they come from."""

    pins: tuple[str, ...]
    """One requirement for each package, with its version and the digests of its wheels, as uv and pip read them."""
    index: str
    """The host of the index, as a person reads it."""


async def find_python(version: str, folder: Path) -> Path | None:
    """An interpreter of this version that the machine has; None where it has none.

    uv starts what it finds, so it does not look in environments, nor in `folder`, whose files may be a stranger's (D9).
    """
    code, out, _ = await _uv("python", "find", "--system", version, path=_path_outside(folder))
    found = Path(out.strip()) if code == 0 and out.strip() else None
    return found or _of_pyenv(version)


async def resolve(packages: Sequence[str], constraints: Sequence[str], python: Path) -> Resolution:
    """The newest versions of `packages` and of what they need, within `constraints`, of which there are wheels.

    Raises PackagesError.
    """
    files = {"requirements.in": packages, "constraints.txt": constraints}
    named = ("requirements.in", "--constraints", "constraints.txt")
    code, out, err = await _uv("pip", "compile", *_COMPILE, "--python", str(python), *named, files=files)
    if code:
        failure = UnsolvedError if "No solution found" in err else PackagesError
        raise failure(_why(err, packages))
    return Resolution(_requirements(out), _index_of(out))


async def make_environment(pins: Sequence[str], python: Path, take: Callable[[Path], None]) -> None:
    """Makes an environment with exactly these packages, from wheels alone, and hands its folder to `take`.

    Where that does not move it away, it is removed. Raises PackagesError.
    """
    venv = ("venv", "--quiet", "--relocatable", "--python", str(python), _DRAFT)
    install = ("pip", "install", *_INSTALL, "--python", _DRAFT, "-r", "pins.txt")
    async with _called(venv, *([install] if pins else []), files={"pins.txt": pins}) as (code, _, err, folder):
        if code:
            raise PackagesError(_why(err, [pin.partition(" ")[0] for pin in pins]))
        take(folder / _DRAFT)


_COMPILE = (
    "--quiet",
    "--only-binary=:all:",
    "--generate-hashes",
    "--no-header",
    "--no-annotate",
    "--emit-index-url",
    "--emit-find-links",
)
_INSTALL = ("--quiet", "--only-binary=:all:", "--require-hashes", "--no-deps")
_OF_PYENV = os.path.expanduser("~/.pyenv/versions")  # noqa: PTH111 - Path.home fails where there is none
"""Interpreters that uv does not find where none of them is switched on."""


_DRAFT = "environment"
_LEFT_BEHIND = 3600.0
"""Seconds after which a folder of a call is nobody's: no call takes so long. A machine without power leaves one."""


async def _uv(
    *arguments: str, files: Mapping[str, Sequence[str]] = {}, path: str | None = None
) -> tuple[int, str, str]:
    """Exit code and output of one call of uv."""
    async with _called(arguments, files=files, path=path) as (code, out, err, _):
        return code, out, err


@asynccontextmanager
async def _called(
    *calls: Sequence[str], files: Mapping[str, Sequence[str]], path: str | None = None
) -> AsyncIterator[tuple[int, str, str, Path]]:
    """Calls uv, until a call fails, in an empty folder of ours that has these files of lines.

    Gives exit code, output and the folder, which is removed afterwards; when we are killed, both end all the same.
    """
    places = cache_folder() / "uv"
    make_private(places)
    _remove_left_behind(places)
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "NO_COLOR": "1"}
    environment.pop("VIRTUAL_ENV", None)
    if path is not None:
        environment["PATH"] = path
    with tempfile.TemporaryDirectory(dir=places) as folder:
        _write(Path(folder), files)
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-I", "-S", str(_LIFELINE), folder, *_one_after_the_other(_program(), calls)),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
                cwd=folder,
                env=environment,
                start_new_session=True,  # the terminal's Ctrl-C is for us: uv follows its lifeline
            )
        except OSError as error:
            raise PackagesError(f"uv can't be started ({type(error).__name__}): install pd-lsp again.") from None
        yield (*await _heard(process), Path(folder))


def _program() -> str:
    """The uv that lies beside its package, where an extension carries both; else the one that is installed with it."""
    import uv  # noqa: PLC0415 - few runs need it

    beside = Path(uv.__file__).parents[1] / "bin" / ("uv.exe" if sys.platform == "win32" else "uv")
    return str(beside) if beside.is_file() else uv.find_uv_bin()


def _one_after_the_other(program: str, calls: Sequence[Sequence[str]]) -> list[str]:
    return [word for call in calls for word in (THEN, program, *call)][1:]


def _remove_left_behind(places: Path) -> None:
    for folder in places.iterdir():
        with suppress(OSError):  # another process was faster
            if folder.stat().st_mtime < time.time() - _LEFT_BEHIND:
                shutil.rmtree(folder, ignore_errors=True)


def _of_pyenv(version: str) -> Path | None:
    return max(Path(_OF_PYENV).glob(f"{version}.*/bin/python"), default=None)


def _path_outside(folder: Path) -> str:
    """The person's PATH without the places that lie in `folder`, and without relative ones."""
    real = folder.resolve()
    places = os.environ.get("PATH", "").split(os.pathsep)
    outside = (place for place in places if os.path.isabs(place) and not Path(place).resolve().is_relative_to(real))  # noqa: PTH117
    return os.pathsep.join(outside)


def _write(folder: Path, files: Mapping[str, Sequence[str]]) -> None:
    for name, lines in files.items():
        (folder / name).write_text("".join(f"{line}\n" for line in lines), "utf-8")


async def _heard(process: asyncio.subprocess.Process) -> tuple[int, str, str]:
    assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018 - it was started with pipes
    reading = asyncio.gather(process.stdout.read(), process.stderr.read(), process.wait())
    try:
        out, err, _ = await asyncio.wait_for(reading, _PATIENCE)
    except asyncio.TimeoutError:
        raise PackagesError("The packages did not come within ten minutes: look at the network, try again.") from None
    finally:
        process.stdin.close()  # the lifeline: uv is ended, if it is still there
        await process.wait()
    return process.returncode or 0, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")


def _requirements(text: str) -> tuple[str, ...]:
    """The requirements of uv's answer, each on one line with its digests."""
    joined = text.replace("\\\n", " ")
    lines = (" ".join(line.split()) for line in joined.splitlines())
    return tuple(line for line in lines if line and not line.startswith(("-", "#")))


def _index_of(text: str) -> str:
    hosts = [urlsplit(found).hostname or "a folder of this machine" for found in _INDEX.findall(text)]
    if _NO_INDEX.search(text):
        hosts.append("a folder of this machine")
    return " and ".join(dict.fromkeys(hosts)) or "the index of uv's configuration"


_REASONS = {
    "was not found in the package registry|not found in the provided package locations": "no index has",
    "no wheels|no usable wheels|no binary|has no .*wheel": "there is no wheel for this machine of",
    "No solution found|unsatisfiable": "no versions fit together of",
    "hash mismatch": "the index has other files than before of",
    "dns|connect|network|timed out|failed to fetch|error sending request": "the index can't be reached for",
}
"""What uv says, and what that means; the first that fits counts."""


def _why(err: str, packages: Sequence[str]) -> str:
    """What uv could not do, in words of our own: its own can hold an address with a password (D15)."""
    found = (words for pattern, words in _REASONS.items() if re.search(pattern, err, re.IGNORECASE))
    reason = next(found, "uv can't install")
    blamed = [package for package in packages if re.search(rf"\b{re.escape(package)}[^\s]* was not found", err)]
    named = ", ".join(blamed or packages) or "an environment"
    return (
        f"The packages of the step can't be installed: {reason} {named}. Choose a Python that has them, such as "
        "--python .venv/bin/python, or try again when the index answers."
    )
