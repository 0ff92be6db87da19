"""Which folders the person trusts (D6): none, until they say otherwise."""

import os
from collections.abc import Callable
from pathlib import Path

from pd_lsp.private_files import Json, read_json, state_folder, update_json


class TrustRefusedError(Exception):
    """A folder that can't be trusted; the message says why and what to do instead."""


def is_trusted(path: Path) -> bool:
    """Whether the file or folder lies, links resolved, in a trusted folder."""
    return trusted_folder_of(path) is not None


def trusted_folder_of(path: Path) -> Path | None:
    """The trusted folder, links resolved, that the file or folder lies in; of several answers the nearest counts."""
    try:
        real = _real(path)
    except (OSError, RuntimeError, ValueError):
        return None
    said = _said(read_json(_file()))
    nearest = next((place for place in (real, *real.parents) if _name(place) in said), None)
    return nearest if nearest and said[_name(nearest)] else None


def trust(folder: Path) -> None:
    """Trusts the folder and all that is in it, from now on.

    Raises TrustRefusedError for a folder that holds the whole home folder, or is none; PrivateFileError where the
    answer can't be kept.
    """
    if not folder.is_dir():
        raise TrustRefusedError(f"{folder} is not a folder: name the folder that holds your workflows.")
    real = _real(folder)
    if _real(Path.home()).is_relative_to(real):
        raise TrustRefusedError(f"{real} holds all your files, downloads too: trust the folder of one project instead.")
    _change(lambda said: {**said, _name(real): True})


def distrust(folder: Path) -> None:
    """Ends the trust in the folder and in all folders in it. Raises PrivateFileError where that can't be kept."""
    real = _real(folder)

    def without(said: dict[str, bool]) -> dict[str, bool]:
        outside = {place: answer for place, answer in said.items() if _name(real) not in _upwards(Path(place))}
        inherited = next((outside[place] for place in _upwards(real) if place in outside), False)
        return {**outside, _name(real): False} if inherited else outside

    _change(without)


def trusted_folders() -> tuple[Path, ...]:
    """The folders the person trusted, in the order they did."""
    return tuple(Path(place) for place, answer in _said(read_json(_file())).items() if answer)


def _file() -> Path:
    return state_folder() / "trust.json"


def _real(path: Path) -> Path:
    return path.expanduser().resolve()


def _name(real: Path) -> str:
    """One spelling for each folder, also where the system knows no case."""
    return os.path.normcase(real)


def _upwards(real: Path) -> list[str]:
    return [_name(place) for place in (real, *real.parents)]


def _change(change: Callable[[dict[str, bool]], dict[str, bool]]) -> None:
    def changed(value: Json) -> Json:
        return {"folders": {**change(_said(value))}}

    update_json(_file(), changed)


def _said(value: Json) -> dict[str, bool]:
    """What the file says, of which only whole answers count."""
    folders = value.get("folders") if isinstance(value, dict) else None
    if not isinstance(folders, dict):
        return {}
    return {place: answer for place, answer in folders.items() if isinstance(answer, bool)}
