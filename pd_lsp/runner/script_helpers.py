"""`from pipedream.script_helpers import steps, export`: how steps were written before `pd` (section 1.1).

The package of that name on PyPI is another one today, so the module is provided here, for steps that name it.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

    from pd_lsp.runner.pd import Pipedream

PACKAGE, MODULE = "pipedream", "pipedream.script_helpers"


def provide(pd: Pipedream) -> None:
    """Lets the step import it. A `pipedream` that is installed stays what it is otherwise."""
    sys.meta_path.insert(0, _Finder(MODULE, {"steps": pd.steps, "export": pd.export}))
    sys.meta_path.append(_Finder(PACKAGE, {"__path__": []}))


def was_imported() -> bool:
    """Whether the step has imported it: such a step may have no handler."""
    return MODULE in sys.modules


class _Finder:
    """Finds and makes one module, which holds `members`."""

    def __init__(self, name: str, members: dict[str, Any]) -> None:
        self._name = name
        self._members = members

    def find_spec(self, name: str, _path: Any = None, _target: Any = None) -> ModuleSpec | None:
        """What Python asks of a finder."""
        if name != self._name:
            return None
        spec: ModuleSpec = ModuleSpec(name, self, is_package="__path__" in self._members)  # type: ignore[arg-type]
        return spec

    def create_module(self, _spec: ModuleSpec) -> None:
        """Leaves it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Fills the module."""
        module.__dict__.update(self._members)
