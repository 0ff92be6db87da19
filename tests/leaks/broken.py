"""pd-lsp with mistakes in it: what is named raises an exception that quotes secrets. A mock, for what no input breaks.

Run by its path: the file for the notes of `observed.py`, the file with the secrets, the places with commas between
(`module:function` or `module:Class.method`), and the arguments of `pd-lsp`.
"""

import importlib
import inspect
import json
import runpy
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

BROKE = "it broke"
"""What the notes have where a mistake was reached."""


def _raising(secrets: str, notes: str, before: Any) -> Callable[..., Any]:
    def fail() -> NoReturn:
        with Path(notes).open("a", encoding="utf-8") as file:
            file.write(f"{json.dumps([BROKE, '', ''])}\n")
        error = RuntimeError(f"It did not work with {secrets}")
        raise error from KeyError(secrets)

    async def later(*_arguments: object, **_options: object) -> None:
        fail()

    def at_once(*_arguments: object, **_options: object) -> None:
        fail()

    return later if inspect.iscoroutinefunction(before) else at_once


def _break(place: str, secrets: str, notes: str) -> None:
    """Puts the mistake there, and wherever it was imported to already."""
    module, _, path = place.partition(":")
    owner: Any = importlib.import_module(module)
    *outer, name = path.split(".")
    for part in outer:
        owner = getattr(owner, part)
    before = getattr(owner, name)
    mistake = _raising(secrets, notes, before)
    setattr(owner, name, mistake)
    for other in [module for key, module in sys.modules.items() if key.startswith("pd_lsp")]:
        if getattr(other, name, None) is before:
            setattr(other, name, mistake)


if __name__ == "__main__":
    notes, secrets_file, places = (sys.argv.pop(1) for _ in range(3))
    for one in places.split(","):
        _break(one, Path(secrets_file).read_text(encoding="utf-8"), notes)
    sys.argv.insert(1, notes)
    runpy.run_path(str(Path(__file__).parent / "observed.py"), run_name="__main__")
