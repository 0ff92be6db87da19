"""`pd_lsp_mypy.pyi`: the same for mypy, which knows no TypedDict that may have further keys.

Such a dictionary is one with overloads: of the keys that are known, and of any other. Three things in it are there for
how mypy reads them (docs/type-checkers.md). The overload that nobody calls comes first, because mypy takes the first
one for `{**pd.inputs}`, and would take the type of one input for that of all; `keys` is of any type for the same
reason; and a dictionary inside is one `| Any`, because mypy refuses `pd.steps["x"] or {}` otherwise.
"""

from collections.abc import Iterator

from pd_lsp.stubs.pd_class import CLASSES
from pd_lsp.stubs.python_text import annotation, can_be_written_as_field, literal
from pd_lsp.stubs.python_type import ANYTHING, Record

_IMPORTS = """\
from _collections_abc import dict_keys
from collections.abc import Iterable, Mapping
from typing import Any, Literal, TypeAlias, TypedDict, overload

class _NoKey(str): ...
"""


def mypy_stub(records: dict[str, Record]) -> str:
    """The text of the stub, without its first lines."""
    return "\n".join([_IMPORTS, *(f"{_definition(record)}\n" for record in records.values()), CLASSES])


def _definition(record: Record) -> str:
    if record.is_open:
        return "\n".join(_open(record))
    if record.fields and all(can_be_written_as_field(name) for name, _ in record.fields):
        fields = [f"    {name}: {annotation(one)}" for name, one in record.fields]
        return "\n".join([f"class {record.name}(TypedDict):", *fields])
    given = ", ".join(f"{literal(name)}: {annotation(one)}" for name, one in record.fields)
    return f"{record.name} = TypedDict({literal(record.name)}, {{{given}}})"


def _open(record: Record) -> Iterator[str]:
    by_type: dict[str, list[str]] = {}
    for name, one in record.fields:
        if one != ANYTHING:
            written = annotation(one) + (" | Any" if isinstance(one, Record) else "")
            by_type.setdefault(written, []).append(literal(name))
    if not by_type:
        yield f"{record.name}: TypeAlias = dict[str, Any]"
        return
    known = [(f"Literal[{', '.join(names)}]", written) for written, names in by_type.items()]
    yield f"class {record.name}(dict[str, Any]):"
    for key, written in (("_NoKey", "Any"), *known, ("str", "Any")):
        yield f"    @overload\n    def __getitem__(self, key: {key}, /) -> {written}: ..."
    for key, written in known:
        yield f"    @overload\n    def get(self, key: {key}, default: Any = ..., /) -> {written}: ..."
    yield "    @overload\n    def get(self, key: str, default: Any = ..., /) -> Any: ..."
    yield "    def keys(self) -> dict_keys[Any, Any]: ..."
