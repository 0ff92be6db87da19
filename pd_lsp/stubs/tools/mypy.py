"""mypy: the plugin that tells it the name, and the folder of the stub."""

from pathlib import Path

import tomlkit

from pd_lsp.stubs.place import FOLDER, MYPY, PLUGIN
from pd_lsp.stubs.tools.settings import PYPROJECT, Settings, SettingsError, add_to_list, table_for

_PATH = f"$MYPY_CONFIG_FILE_DIR/{FOLDER}"
_OWN = ("mypy.ini", ".mypy.ini")
"""In the order in which mypy takes them, before pyproject.toml and setup.cfg."""
_BY_HAND = f"add {PLUGIN} to the `plugins` of mypy, and {_PATH} to its `mypy_path`"


def uses_mypy(folder: Path) -> bool:
    """Whether the project has settings of mypy, names it among its requirements, or has a stub for it already."""
    return _is_used(Settings(folder))


def set_up_mypy(settings: Settings) -> None:
    """Adds both where the project keeps mypy's settings; nothing where it does not use mypy."""
    own = next((name for name in (*_OWN, "setup.cfg") if _is_for_mypy(settings, name)), None)
    if own in _OWN or (own and not settings.has_table(PYPROJECT, "tool", "mypy")):
        _change_ini(settings, own)
    elif not _is_used(settings):
        return
    elif settings.text(PYPROJECT) is not None:
        settings.change_toml(PYPROJECT, _change_toml, _BY_HAND)
    elif settings.can_be_written(_OWN[0]):
        settings.put(_OWN[0], f"[mypy]\nplugins = {PLUGIN}\nmypy_path = {_PATH}\n")


def _is_used(settings: Settings) -> bool:
    if settings.for_mypy or (settings.folder / MYPY).is_file():
        return True
    named = any(_is_for_mypy(settings, name) for name in (*_OWN, "setup.cfg"))
    return named or settings.has_table(PYPROJECT, "tool", "mypy") or settings.requires("mypy")


def _is_for_mypy(settings: Settings, name: str) -> bool:
    return _head(settings.text(name) or "") is not None


def _head(text: str) -> int | None:
    """The number of the line `[mypy]`; None where there is none."""
    return next((number for number, line in enumerate(text.splitlines()) if line.strip() == "[mypy]"), None)


def _change_toml(document: tomlkit.TOMLDocument) -> None:
    table = table_for(document, "tool", "mypy")
    path = table.get("mypy_path")
    if path is not None and not isinstance(path, (str, list)):
        raise SettingsError("`mypy_path` is neither a text nor a list in it")
    add_to_list(table, "plugins", PLUGIN)
    if isinstance(path, list):
        add_to_list(table, "mypy_path", _PATH)
    elif _PATH not in (path or ""):
        table["mypy_path"] = f"{path}:{_PATH}" if path else _PATH


def _change_ini(settings: Settings, name: str) -> None:
    """Adds the two lines behind `[mypy]`; a file that has such lines already is the person's to change."""
    text = settings.text(name) or ""
    head = _head(text)
    lines = text.splitlines(keepends=True)
    own = [line.partition("=")[0].strip() for line in lines]
    if head is None or (PLUGIN in text and _PATH in text):
        return
    if "plugins" in own or "mypy_path" in own:
        settings.notes.append(f"{name} has `plugins` or `mypy_path` of its own and was left alone: {_BY_HAND}.")
        return
    end = "\r\n" if lines[head].endswith("\r\n") else "\n"
    lines[head] = lines[head].rstrip("\r\n") + end
    lines[head + 1 : head + 1] = [f"plugins = {PLUGIN}{end}", f"mypy_path = {_PATH}{end}"]
    settings.put(name, "".join(lines))
