"""ty: the folder of the stub has to be named, since ty looks for `__builtins__.pyi` on its search paths alone."""

import tomlkit

from pd_lsp.stubs.place import FOLDER
from pd_lsp.stubs.tools.settings import PYPROJECT, Settings, add_to_list, table_for

_OWN = "ty.toml"
_BY_HAND = f'add "{FOLDER}" to `extra-paths` in the `environment` of ty'


def set_up_ty(settings: Settings) -> None:
    """Adds the folder where the project keeps ty's settings; nothing where it does not use ty."""
    if settings.text(_OWN) is not None:
        settings.change_toml(_OWN, lambda document: _add(document, "environment"), _BY_HAND)
    elif settings.has_table(PYPROJECT, "tool", "ty") or settings.requires("ty"):
        if settings.text(PYPROJECT) is None:
            settings.change_toml(_OWN, lambda document: _add(document, "environment"), _BY_HAND)
        else:
            settings.change_toml(PYPROJECT, lambda document: _add(document, "tool", "ty", "environment"), _BY_HAND)


def _add(document: tomlkit.TOMLDocument, *table: str) -> None:
    add_to_list(table_for(document, *table), "extra-paths", FOLDER)
