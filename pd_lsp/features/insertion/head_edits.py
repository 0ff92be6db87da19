"""Edits at the head of a step: packages to ask the platform for, and imports sorted in without doubling."""

import re
from collections.abc import Iterable, Iterator, Sequence

from pd_lsp.features.insertion.head import Head, HeadImport
from pd_lsp.features.insertion.import_order import ImportKey, import_key
from pd_lsp.features.insertion.imported_names import ImportedName
from pd_lsp.model import as_pypi_writes
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange

_BLANKS = re.compile(r"[ \t\r\n\f]*")
_LINE_END = re.compile(r"\r\n|\n")
_DEFINITION = re.compile(r"(async[ \t]+)?def\b|class\b|@")

_Statement = tuple[ImportKey, str]
"""An import to write, and what it is ordered by."""


def head_edits(
    lines: LineIndex, head: Head, imports: Sequence[ImportedName], packages: Iterable[str]
) -> list[TextEdit]:
    r"""The edits that make `imports` and `packages` known to a module, at most one at each place; lines end with `\n`.

    `imports` must be new to the module.
    """
    joined, fresh = _into_existing(head, imports)
    inserts = [*_package_inserts(head, packages), *joined, *_import_inserts(lines, head, fresh)]
    texts: dict[Offset, str] = {}
    for offset, text in inserts:
        texts[offset] = texts.get(offset, "") + text
    return [TextEdit(TextRange(offset, offset), text) for offset, text in texts.items()]


def _package_inserts(head: Head, packages: Iterable[str]) -> Iterator[tuple[Offset, str]]:
    for package in packages:
        if as_pypi_writes(re.split(r"[=<>!~\[; ]", package)[0]) in head.packages:
            continue
        comment = f"# pipedream add-package {package}"
        if head.first_comments is None:
            yield head.start, comment + "\n"
        else:
            yield head.first_comments, "\n" + comment


def _into_existing(head: Head, imports: Sequence[ImportedName]) -> tuple[list[tuple[Offset, str]], list[ImportedName]]:
    """The names that go into a `from … import …` which is there, and the imports that are left."""
    inserts, fresh = [], []
    for name in sorted(imports, key=lambda name: name.name.lower()):
        brought = next((found.names for found in head.imports if _suits(found, name)), None)
        if brought is None:
            fresh.append(name)
            continue
        later = next((place for other, place in brought if other.name.lower() > name.name.lower()), None)
        if later:
            inserts.append((later.start, f"{_written(name)}, "))
        else:
            inserts.append((brought[-1][1].end, f", {_written(name)}"))
    return inserts, fresh


def _suits(found: HeadImport, name: ImportedName) -> bool:
    return (
        bool(found.names) and name.module is not None and all(other.module == name.module for other, _ in found.names)
    )


def _import_inserts(lines: LineIndex, head: Head, imports: Sequence[ImportedName]) -> Iterator[tuple[Offset, str]]:
    statements = sorted(_statements(imports))
    if not head.imports:
        yield from _first_imports(lines, head, statements)
        return
    groups: dict[tuple[int, bool], list[_Statement]] = {}
    for key, text in statements:
        groups.setdefault(_anchor([found.key for found in head.imports], key), []).append((key, text))
    for (index, is_above), group in groups.items():
        beside = head.imports[index]
        if is_above:
            yield max(beside.lines.start, head.start), _block(group) + "\n" + _blank(group[-1][0], beside.key)
        else:
            yield beside.lines.end, "\n" + _blank(beside.key, group[0][0]) + _block(group)


def _anchor(there: Sequence[ImportKey], key: ImportKey) -> tuple[int, bool]:
    """Which of the imports `there` a new one stands beside, of its own section if there are any; and whether above."""
    same = [index for index, other in enumerate(there) if other[0] == key[0]]
    near = same or range(len(there))
    smaller = [index for index in near if there[index] <= key]
    return (smaller[-1], False) if smaller else (near[0], True)


def _first_imports(lines: LineIndex, head: Head, statements: list[_Statement]) -> Iterator[tuple[Offset, str]]:
    """The imports of a module that has none."""
    if not statements:
        return
    at = head.start if head.before_imports is None else head.before_imports
    blank = _BLANKS.match(lines.text, at)
    content = blank.end() if blank else at
    blanks = len(_LINE_END.findall(lines.text, at, content))
    wanted = 3 if _DEFINITION.match(lines.text, content) else 2 if content < len(lines.text) else 1
    if head.before_imports is None:
        yield at, _block(statements) + "\n" * max(wanted - blanks, 0)
    else:
        yield at, ("\n\n" if head.is_spaced else "\n") + _block(statements) + "\n" * max(wanted - blanks, 0)


def _block(statements: Sequence[_Statement]) -> str:
    """Statements one below the other, with a blank line between sections."""
    text, last = "", statements[0][0]
    for key, statement in statements:
        text += ("\n" + _blank(last, key) if text else "") + statement
        last = key
    return text


def _blank(one: ImportKey, other: ImportKey) -> str:
    return "" if one[0] == other[0] else "\n"


def _statements(imports: Sequence[ImportedName]) -> Iterator[_Statement]:
    modules: dict[str, list[ImportedName]] = {}
    for name in imports:
        if name.module is None:
            yield import_key(name.name, is_from=False), f"import {_written(name)}"
        else:
            modules.setdefault(name.module, []).append(name)
    for module, names in modules.items():
        yield import_key(module, is_from=True), f"from {module} import {', '.join(map(_written, names))}"


def _written(name: ImportedName) -> str:
    return f"{name.name} as {name.alias}" if name.alias else name.name
