"""The names that a module imports, and under which name it has each."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.tree import Node

_IN_MODULE = "(module [(import_statement) (import_from_statement) (try_statement)] @statement)"
_ON_THE_WAY = ("try_statement", "block", "except_clause", "else_clause", "finally_clause")


@dataclass(frozen=True, slots=True)
class ImportedName:
    """`import name`, or `from module import name`, and what it is called from there on."""

    module: str | None
    name: str
    alias: str | None = None

    @property
    def bound(self) -> str:
        """The name that the code has."""
        return self.alias or (self.name if self.module else self.name.partition(".")[0])

    def is_same_thing(self, other: "ImportedName") -> bool:
        """Whether both are the same thing, whatever they call it; `import a.b` and `import a.b as c` are not."""
        dotted = self.module is None and "." in self.name
        return (self.module, self.name) == (other.module, other.name) and (not dotted or self.alias == other.alias)


def imported_by(statement: Node) -> list[tuple[ImportedName, Node]]:
    """The names that an import statement brings, each with its place; none for `from x import *`."""
    module = statement.field("module_name") if statement.kind == "import_from_statement" else None
    source = module.text if module else None
    found = []
    for child in statement.children:
        if child == module or child.kind not in ("dotted_name", "aliased_import"):
            continue
        name, alias = child.field("name") or child, child.field("alias")
        found.append((ImportedName(source, name.text, alias.text if alias else None), child))
    return found


def import_statements(module: Node) -> Iterator[Node]:
    """The import statements that a module runs on its way: at its own level, or in a `try` there."""
    for match in module.matches(_IN_MODULE, only_from_here=True):
        yield from _import_statements(match["statement"])


def _import_statements(statement: Node) -> Iterator[Node]:
    if statement.kind in ("import_statement", "import_from_statement"):
        yield statement
    elif statement.kind in _ON_THE_WAY:
        for child in statement.children:
            yield from _import_statements(child)
