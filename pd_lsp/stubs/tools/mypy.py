"""mypy: the plugin that tells it the name, and the folder of the stub."""

import re
from pathlib import Path

import tomlkit

from pd_lsp.stubs.place import FOLDER, MYPY, PLUGIN
from pd_lsp.stubs.tools.settings import PYPROJECT, Settings, SettingsError, add_to_list, table_for

_PATH = f"$MYPY_CONFIG_FILE_DIR/{FOLDER}"
_OWN = ("mypy.ini", ".mypy.ini")
"""In the order in which mypy takes them, before pyproject.toml and then setup.cfg."""
_SHARED = "setup.cfg"
_SEPARATOR = re.compile(r"[,:;\s]+")
_BY_HAND = f"add {PLUGIN} to the `plugins` of mypy, and {_PATH} to its `mypy_path`"


def uses_mypy(folder: Path) -> bool:
    """Whether the project has settings of mypy, names it among its requirements, or has a stub for it already."""
    return _is_used(Settings(folder))


def set_up_mypy(settings: Settings) -> None:
    """Adds both where the project keeps mypy's settings; nothing where it does not use mypy."""
    own = _ini(settings)
    if own:
        _change_ini(settings, own)
    elif not _is_used(settings):
        return
    elif settings.text(PYPROJECT) is not None:
        settings.change_toml(PYPROJECT, _change_toml, _BY_HAND)
    elif settings.can_be_written(_OWN[0]):
        settings.put(_OWN[0], f"[mypy]\n{_lines()}")


def _ini(settings: Settings) -> str | None:
    """The file that is no TOML in which mypy looks for its settings. A mypy.ini counts whatever it has."""
    own = next((name for name in _OWN if settings.text(name) is not None), None)
    if own or settings.has_table(PYPROJECT, "tool", "mypy"):
        return own
    return _SHARED if _head(settings.text(_SHARED) or "") is not None else None


def _is_used(settings: Settings) -> bool:
    if settings.for_mypy or (settings.folder / MYPY).is_file() or _ini(settings):
        return True
    return settings.has_table(PYPROJECT, "tool", "mypy") or settings.requires("mypy")


def _head(text: str) -> int | None:
    """The number of the line `[mypy]`; None where there is none."""
    return next((number for number, line in enumerate(text.splitlines()) if line.strip().startswith("[mypy]")), None)


def _lines(end: str = "\n") -> str:
    return f"plugins = {PLUGIN}{end}mypy_path = {_PATH}{end}"


def _change_toml(document: tomlkit.TOMLDocument) -> None:
    table = table_for(document, "tool", "mypy")
    path = table.get("mypy_path")
    if path is not None and not isinstance(path, (str, list)):
        raise SettingsError("`mypy_path` is neither a text nor a list in it")
    add_to_list(table, "plugins", PLUGIN)
    if isinstance(path, list):
        add_to_list(table, "mypy_path", _PATH)
    elif _PATH not in _SEPARATOR.split(path or ""):
        table["mypy_path"] = f"{path}:{_PATH}" if path else _PATH


def _change_ini(settings: Settings, name: str) -> None:
    """Adds the two lines behind `[mypy]`, before all else where there is none.

    A file that has such lines already is the person's to change.
    """
    text = settings.text(name) or ""
    head = _head(text)
    lines = text.splitlines(keepends=True)
    own = [line.partition("=")[0].strip() for line in lines]
    if PLUGIN in text and _PATH in text:
        return
    if "plugins" in own or "mypy_path" in own:
        settings.notes.append(f"{name} has `plugins` or `mypy_path` of its own and was left alone: {_BY_HAND}.")
        return
    end = "\r\n" if "\r\n" in text else "\n"
    if head is None:
        settings.put(name, f"[mypy]{end}{_lines(end)}{end if text else ''}{text}")
        return
    lines[head] = lines[head].rstrip("\r\n") + end
    lines.insert(head + 1, _lines(end))
    settings.put(name, "".join(lines))
