"""Which Python a step would run in: the person's setting, else the editor's selection, else what pd-lsp finds."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.execution.errors import RunError
from pd_lsp.execution.interpreter import choose_interpreter, version_of
from pd_lsp.private_files import PrivateFileError
from pd_lsp.runs.packages import known_python
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

SELECTED = "This step runs in the Python that is selected in the editor for its folder."
"""What a run in such a Python says of it."""


def give_step_pythons(server: "PdLanguageServer") -> None:
    """Takes what the editor has selected, and tells which Python a step would run in."""

    @server.feature("pd/stepPythons")
    @costs_only_its_answer(None)
    def on_step_pythons(params: Any) -> None:
        server.state.selected_pythons = selected_pythons(getattr(params, "pythons", None))

    @server.command("pd.stepPython")
    @costs_only_its_answer(None)
    async def tell_step_python(*arguments: Any) -> dict[str, Any] | None:
        return await step_python_of(server, convert.command_argument(arguments))


def selected_pythons(listed: Any) -> Mapping[Path, Path]:
    """By folder, the interpreter in an editor's list of `folder` and `python`; whatever else stands in it is left out.

    Nothing is started and nothing looked at: that an interpreter can be used shows when a run is planned (D9).
    """
    found = {}
    for one in listed if isinstance(listed, list) else ():
        folder, python = (_part(one, name) for name in ("folder", "python"))
        path = convert.path_of(folder) if isinstance(folder, str) else None
        if path and isinstance(python, str) and Path(python).is_absolute():
            found[path.resolve()] = Path(python)
    return found


def _part(value: Any, name: str) -> Any:
    """One part of what a notification or an initialization option carries."""
    return value.get(name) if isinstance(value, Mapping) else getattr(value, name, None)


async def step_python_of(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any] | None:
    """Which Python the step in the document `argument["uri"]` would run in now, as JSON; None where none would.

    Neither that Python nor a package is asked for anything, and nothing is installed.
    """
    uri = argument.get("uri")
    snapshot = server.state.snapshot(uri) if isinstance(uri, str) else None
    path = convert.path_of(uri) if isinstance(uri, str) else None
    folder = server.state.trusted_folder(path.resolve()) if path else None
    if snapshot is None or path is None or folder is None:
        server.say(
            "Which Python a step runs in is known for a step in a trusted folder: open one, and trust its folder "
            "in the editor or with `pd-lsp trust FOLDER`."
        )
        return None
    state, path = server.state, path.resolve()
    chosen = state.python_of(path)
    try:
        if chosen:
            python = choose_interpreter(chosen).path
            return _told(python, version_of(python), "settings" if state.settings.python else "editor")
        found = await known_python(snapshot, path, beside=state.imports_beside)
    except (RunError, PrivateFileError) as error:
        server.say(str(error), lsp.MessageType.Error)
        return None
    return _told(found.path, found.version, found.why, found.missing)


def _told(path: Path, version: str | None, why: str, missing: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"path": str(path), "version": version, "why": why, "missing": [*missing]}
