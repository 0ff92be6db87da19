"""What a step imports (docs/platform.md, section 1.7)."""

import re
from collections.abc import Iterator

from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_IMPORTS = """
[
  (import_statement name: [(dotted_name) @name (aliased_import name: (dotted_name) @name)])
  (import_from_statement module_name: (dotted_name) @module) @from
]
"""
_WHOLE = re.compile(r"^[ \t]*from[ \t]+\.*(?:\w+\.)*(?P<module>\w+)[ \t]+import[ \t]*\*", re.MULTILINE)


def modules_imported_whole(tree: Tree) -> Iterator[TextRange]:
    """Where the last names of the modules stand of which a text imports every name, the last first."""
    found = list(_WHOLE.finditer(tree.text)) if "import *" in tree.text else []
    for statement in reversed(found):
        place = TextRange(Offset(statement.start("module")), Offset(statement.end("module")))
        if tree.node_at(place.start, place.end).kind == "identifier":
            yield place


def imported_modules(tree: Tree) -> tuple[str, ...]:
    """The modules that the text imports, anywhere in it, each once.

    Of `from google.cloud import storage` it is `google.cloud.storage`: a module can't be told from another name in it.
    """
    found: dict[str, None] = {}
    for match in tree.root.matches(_IMPORTS):
        for name in [match["name"].text] if "name" in match else _from(match["module"], match["from"]):
            found.setdefault("".join(name.split()))
    return tuple(found)


def _from(module: Node, statement: Node) -> Iterator[str]:
    names = [child for child in statement.children if child != module]
    for name in names:
        imported = name.field("name") or name
        if imported.kind == "dotted_name":
            yield f"{module.text}.{imported.text}"
    if not names or names[0].kind == "wildcard_import":
        yield module.text
