"""`__builtins__.pyi`, which declares the name `pipedream` for Pyright, basedpyright and ty, and which jedi can read.

What they need of it, tried with each (docs/type-checkers.md): a dictionary that may have further keys is a TypedDict
with `extra_items`, whose keys the checkers complete. jedi does not read the functional form of a TypedDict; it takes
the other branch of an `if TYPE_CHECKING`, since it reads the value of that name where a checker does not.
"""

from collections.abc import Iterator

from pd_lsp.stubs.pd_class import CLASSES
from pd_lsp.stubs.python_text import annotation, can_be_written_as_field, literal
from pd_lsp.stubs.python_type import PythonType, Record

_IMPORTS = """\
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

TYPE_CHECKING = False  # for jedi, which reads this; a type checker takes the name for true
"""


def builtins_stub(records: dict[str, Record]) -> str:
    """The text of the stub, without its first lines."""
    return "\n".join([_IMPORTS, *(f"{_definition(record)}\n" for record in records.values()), CLASSES])


def _definition(record: Record) -> str:
    plain = record.fields and all(can_be_written_as_field(name) for name, _ in record.fields)
    return "\n".join(_as_class(record) if plain else _as_call(record))


def _as_class(record: Record) -> Iterator[str]:
    yield f"class {record.name}(TypedDict{', extra_items=Any' if record.is_open else ''}):"
    for name, one in record.fields:
        yield f"    {name}: {annotation(one)}"


def _as_call(record: Record) -> Iterator[str]:
    fields = ", ".join(f"{literal(name)}: {annotation(one)}" for name, one in record.fields)
    extra = ", extra_items=Any" if record.is_open else ""
    yield "if TYPE_CHECKING:"
    yield f"    {record.name} = TypedDict({literal(record.name)}, {{{fields}}}{extra})"
    yield "else:"
    yield f"    class {record.name}:"
    yield f"        def __getitem__(self, key: str, /) -> {_any_of(one for _, one in record.fields)}: ..."


def _any_of(types: Iterator[PythonType]) -> str:
    known = sorted({annotation(one) for one in types if isinstance(one, Record)})
    return " | ".join(known) or "Any"
