"""What steps gave on when they last ran here: the keys and kinds of it, kept in a file of the person's own (D18, D27).

Never a value. A key can be one: a key that the run's redactor knows is left out, and so are the keys of a large table.
"""

import hashlib
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.credentials import Redactor
from pd_lsp.model import Json
from pd_lsp.private_files import PrivateFileError, read_json, state_folder, write_json
from pd_lsp.shapes import KINDS, Shape, shape_of

SOURCE = "a run here"
_FORM = 1
_LONGEST_KEY = 100
_MOST_KEYS = 100
"""Of one object; one with more is a table, and its keys are data."""
_MOST_PLACES = 2_000
"""Of one step."""
_MOST_STEPS = 500
_LARGEST = 1_000_000
"""Bytes of a file; 2,000 places have a tenth of that."""
_DEEPEST = 12
_BEGINNING_OF_MARKER = "‹"
"""What the redactor writes in the place of a value begins so."""


@dataclass(frozen=True, slots=True)
class RunShape:
    """What a step gave on, and when, in seconds since 1970."""

    shape: Shape
    at: float


def run_shape_file(step: Path) -> Path:
    """Where the shape for the step in the file `step` is kept."""
    return _folder() / f"{hashlib.sha256(str(step).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"


def keep_run_shape(step: Path, outputs: Mapping[str, Json], redactor: Redactor) -> None:
    """Keeps the shape of what a step gave on, by name in `pd.steps[step]`. Raises PrivateFileError."""
    document = _Writer(redactor).document(shape_of(dict(outputs)))
    write_json(run_shape_file(step), {"form": _FORM, "step": str(step), "at": time.time(), "shape": document})
    for old in sorted(_files(), key=_age, reverse=True)[:-_MOST_STEPS]:
        with suppress(OSError):
            old.unlink()


def read_run_shape(step: Path) -> RunShape | None:
    """What is kept for a step; None where nothing is, or what is there is damaged, or somebody else's."""
    document = read_json(run_shape_file(step), limit=_LARGEST)
    try:
        return _run_shape(document, step)
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError):
        return None


def kept_steps() -> tuple[str, ...]:
    """The files of the steps that something is kept for."""
    found = (read_json(file, limit=_LARGEST) for file in _files())
    return tuple(sorted(str(one["step"]) for one in found if isinstance(one, dict) and "step" in one))


def forget_run_shapes() -> None:
    """Deletes all of them. Raises PrivateFileError."""
    try:
        for file in _files():
            file.unlink(missing_ok=True)
    except OSError as error:
        raise PrivateFileError(f"{_folder()} can't be emptied ({type(error).__name__}): empty it.") from None


def _folder() -> Path:
    return state_folder() / "run_shapes"


def _files() -> list[Path]:
    return list(_folder().glob("*.json")) if _folder().is_dir() else []


def _age(file: Path) -> float:
    try:
        return time.time() - file.stat().st_mtime
    except OSError:
        return 0.0


class _Writer:
    """Writes one shape, as far as its keys are names and there is room."""

    def __init__(self, redactor: Redactor) -> None:
        self._redactor = redactor
        self._places = 0

    def document(self, shape: Shape, depth: int = 0) -> dict[str, Json]:
        self._places += 1
        document: dict[str, Json] = {"kinds": [*sorted(shape.kinds)]}
        if depth < _DEEPEST and shape.keys and len(shape.keys) <= _MOST_KEYS:
            document["keys"] = dict(self._keys(shape, depth))
        if depth < _DEEPEST and shape.items and self._places < _MOST_PLACES:
            document["items"] = self.document(shape.items, depth + 1)
        return document

    def _keys(self, shape: Shape, depth: int) -> Iterator[tuple[str, Json]]:
        for key, below in shape.keys.items():
            if self._places < _MOST_PLACES and self._is_name(key):
                yield key, self.document(below, depth + 1)

    def _is_name(self, key: str) -> bool:
        """Whether a key, which was redacted with the result, is a name and no value that a run must not show."""
        return _is_readable(key) and _BEGINNING_OF_MARKER not in key and self._redactor.redact(key) == key


def _is_readable(key: str) -> bool:
    return 0 < len(key) <= _LONGEST_KEY and key.isprintable()


def _run_shape(document: Json, step: Path) -> RunShape | None:
    if not isinstance(document, dict) or document["form"] != _FORM or document["step"] != str(step):
        return None
    at, shape = document["at"], document["shape"]
    if isinstance(at, bool) or not isinstance(at, (int, float)):
        return None
    return RunShape(_shape(shape, 0), float(at))


def _shape(document: Json, depth: int) -> Shape:
    """The shape that a part of a file describes. Raises TypeError or ValueError for what is none."""
    if not isinstance(document, dict) or depth > _DEEPEST:
        raise TypeError
    kinds, keys, items = document["kinds"], document.get("keys", {}), document.get("items")
    if not isinstance(kinds, list) or not isinstance(keys, dict) or not all(map(_is_readable, keys)):
        raise TypeError
    known = frozenset(kind for kind in kinds if isinstance(kind, str) and kind in KINDS)
    below = {key: _shape(item, depth + 1) for key, item in keys.items()}
    return Shape(known, below, None if items is None else _shape(items, depth + 1), SOURCE)
