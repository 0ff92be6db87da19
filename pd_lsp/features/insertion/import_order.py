"""The order of imports: the standard library first, then packages, then the step's own modules."""

import sys

from pd_lsp.syntax.tree import Node

ImportKey = tuple[int, bool, str]
"""The section of an import (the standard library before packages), whether it is a `from`, and its module."""


def import_key(module: str, *, is_from: bool) -> ImportKey:
    """Where an import of `module` stands among others."""
    section = 2 if module.startswith(".") else 0 if module.partition(".")[0] in sys.stdlib_module_names else 1
    return section, is_from, module.lower()


def key_of(statement: Node) -> ImportKey:
    """Where an import statement stands among others."""
    module = statement.field("module_name") or next(iter(statement.children), None)
    name = (module.field("name") or module).text if module else ""
    return import_key(name, is_from=statement.kind == "import_from_statement")
