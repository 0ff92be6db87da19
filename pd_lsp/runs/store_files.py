"""Where the data stores of a project are kept: one file for each name, in the person's own folder (D4)."""

import hashlib
import re
from pathlib import Path

from pd_lsp.private_files import state_folder

_PLAIN_NAME = re.compile(r"\w{1,100}", re.ASCII)


def store_file(project: Path, name: str) -> Path:
    """Where the store `name` of a project keeps its entries, in the person's own folder."""
    file = name if _PLAIN_NAME.fullmatch(name) else f"-{_digest(name)}"  # no plain name begins so
    return _folder(project) / f"{file}.sqlite"


def stores(project: Path) -> tuple[str, ...]:
    """The names of the stores that have a file. One whose name is no plain word goes by that of its file."""
    folder = _folder(project)
    return tuple(sorted(file.stem for file in folder.glob("*.sqlite"))) if folder.is_dir() else ()


def _folder(project: Path) -> Path:
    return state_folder() / "data_stores" / _digest(str(project))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
