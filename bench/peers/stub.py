"""The stub of `pd` that the peers get: typed dictionaries with the accounts' keys."""

from collections.abc import Mapping, Sequence
from pathlib import Path

Keys = Mapping[str, Sequence[str]]
"""The names of the keys of `$auth`, by app."""


def write_stub(folder: Path, keys: Keys, *, for_jedi: bool) -> None:
    """Writes `pd_types` into a folder: of typed dictionaries, or of plain ones, the only ones whose keys jedi knows."""
    if for_jedi:
        (folder / "pd_types.py").write_text(_plain(keys))
    else:
        (folder / "pd_types.pyi").write_text(_typed(keys))


def _typed(keys: Keys) -> str:
    lines = ["from typing import Any, TypedDict", ""]
    for number, (app, names) in enumerate(keys.items()):
        fields = ", ".join(f'"{name}": str' for name in names)
        lines.append(f'_Auth{number} = TypedDict("_Auth{number}", {{{fields}}})  # {app}')
        lines.append(f'_App{number} = TypedDict("_App{number}", {{"$auth": _Auth{number}}})')
    apps = ", ".join(f'"{app}": _App{number}' for number, app in enumerate(keys))
    lines.append(f'_Inputs = TypedDict("_Inputs", {{{apps}}})')
    return "\n".join([*lines, "", "class pipedream:", "    inputs: _Inputs", "    steps: dict[str, Any]", ""])


def _plain(keys: Keys) -> str:
    inputs = {app: {"$auth": dict.fromkeys(names, "")} for app, names in keys.items()}
    return f"class pipedream:\n    def __init__(self):\n        self.inputs = {inputs!r}\n        self.steps = {{}}\n"
