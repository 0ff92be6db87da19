"""The one place that opens files of a person's folder: regular, small enough, and not outside it (D24)."""

from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

MOST_FOLDERS_UP = 8
"""How far above a step the files of its project are looked for."""


class UnreadableFileError(Exception):
    """A file of the folder that can't be used; the message names it and says what to do."""


def nearest_file(name: str, step: Path, folder: Path, *, most_up: int | None = None) -> Path | None:
    """The file `name` in the nearest folder above `step`, not above `folder` and not more than `most_up` folders up."""
    return next((file for file in _candidates(name, step, folder, most_up) if file.is_file()), None)


@lru_cache(maxsize=256)
def _candidates(name: str, step: Path, folder: Path, most_up: int | None) -> tuple[Path, ...]:
    """Where the file may be, the nearest place first; worked out once, since it is looked for at each keystroke."""
    return tuple(parent / name for parent in list(step.parents)[:most_up] if parent.is_relative_to(folder))


def read_text(path: Path, folder: Path, *, limit: int) -> str:
    """The text of `path`, at most `limit` bytes of UTF-8, which must really lie in `folder`.

    Raises UnreadableFileError where it does not exist, is no regular file, leads out of the folder by a link, is
    too large, or is no UTF-8.
    """
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(folder.resolve(strict=True)):
            raise UnreadableFileError(f"{path.name} is a link that leads out of {folder.name}: copy the file here.")
        if not real.is_file():
            raise UnreadableFileError(f"{path.name} is a folder or a device: name a file.")
        with real.open("rb") as file:
            return read_text_of(file, path.name, limit=limit)
    except FileNotFoundError:
        raise UnreadableFileError(f"There is no {path}: check its name.") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise UnreadableFileError(f"{path.name} can't be read ({type(error).__name__}): check it.") from None


def read_text_of(stream: BinaryIO, name: str, *, limit: int) -> str:
    """The text that comes from `stream`, at most `limit` bytes of UTF-8; `name` says in messages where that is from.

    Raises UnreadableFileError, having read no more than that.
    """
    content = stream.read(limit + 1)
    if len(content) > limit:
        raise UnreadableFileError(f"{name} is larger than {limit // 1000} kB and is not read.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFileError(f"{name} is not UTF-8 text: save it as UTF-8.") from None
