"""Ruff: `builtins = ["pipedream"]`, without which it takes the annotation for a name that nothing defines (F821)."""

import tomlkit

from pd_lsp.stubs.tools.settings import PYPROJECT, Settings, add_to_list, table_for
from pd_lsp.workflows.files import MOST_FOLDERS_UP

_OWN = (".ruff.toml", "ruff.toml")
"""In the order in which Ruff takes them, and before pyproject.toml."""
_BY_HAND = 'add "pipedream" to the `builtins` of Ruff'


def set_up_ruff(settings: Settings) -> None:
    """Adds the name where the project keeps Ruff's settings, or else where it would look for them."""
    own = next((name for name in _OWN if settings.text(name) is not None), None)
    if own:
        settings.change_toml(own, _add_to_own, _BY_HAND)
    elif settings.text(PYPROJECT) is not None and (
        settings.has_table(PYPROJECT, "tool", "ruff") or not _above(settings)
    ):
        settings.change_toml(PYPROJECT, _add_to_pyproject, _BY_HAND)
    elif above := _above(settings):
        settings.notes.append(f"Ruff's settings lie above this folder, in {above}: {_BY_HAND} there.")
    else:
        settings.change_toml("ruff.toml", _add_to_own, _BY_HAND)


def _add_to_own(document: tomlkit.TOMLDocument) -> None:
    add_to_list(document, "builtins", "pipedream")


def _add_to_pyproject(document: tomlkit.TOMLDocument) -> None:
    add_to_list(table_for(document, "tool", "ruff"), "builtins", "pipedream")


def _above(settings: Settings) -> str | None:
    """The settings of a folder above, which Ruff would no longer find behind new ones here."""
    for folder in list(settings.folder.parents)[:MOST_FOLDERS_UP]:
        around = Settings(folder)
        for name in _OWN:
            if around.text(name) is not None:
                return str(folder / name)
        if around.has_table(PYPROJECT, "tool", "ruff"):
            return str(folder / PYPROJECT)
    return None
