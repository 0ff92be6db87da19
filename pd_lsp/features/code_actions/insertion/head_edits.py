"""Edits at the head of a step: packages to ask the platform for, and imports sorted in without doubling."""

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pd_lsp.features.code_actions.insertion.handler_lines import is_docstring
from pd_lsp.features.code_actions.insertion.imported_names import ImportedName, imported_by
from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange

_PACKAGE = re.compile(r"#[ \t]*pipedream[ \t]+add-package[ \t]+([\w.-]+)")
_STAYS_FIRST = re.compile(r"#!|#.*coding[:=]|" + _PACKAGE.pattern)
_IMPORTS = ("import_statement", "import_from_statement")
_BOM = "\ufeff"

_Key = tuple[int, bool, str]
"""The section of an import (the standard library before packages), whether it is a `from`, and its module."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What a module begins with."""

    start: Offset
    first_comments: Offset | None
    """The end of the comments that must stay first: packages, a coding line."""
    before_imports: Offset | None
    """The end of what imports must follow: those, a docstring, imports from the future; None at the very start."""
    is_spaced: bool
    """Whether a blank line belongs between that and imports."""
    imports: tuple[Node, ...]


def head_edits(tree: Tree, imports: Sequence[ImportedName], packages: Iterable[str]) -> list[TextEdit]:
    r"""The edits that make `imports` and `packages` known to a module, at most one at each place; lines end with `\n`.

    `imports` must be new to the module.
    """
    lines, head = LineIndex(tree.text), _head(tree)
    joined, fresh = _into_existing(head, imports)
    inserts = [*_package_inserts(tree, head, packages), *joined, *_import_inserts(lines, head, fresh)]
    texts: dict[Offset, str] = {}
    for offset, text in inserts:
        texts[offset] = texts.get(offset, "") + text
    return [TextEdit(TextRange(offset, offset), text) for offset, text in texts.items()]


def _head(tree: Tree) -> _Head:
    lines = LineIndex(tree.text)
    start = Offset(len(_BOM) if tree.text.startswith(_BOM) else 0)
    children = tree.root.children
    comments = _leading_comments(children)
    staying = [comment for comment in comments if _STAYS_FIRST.match(comment.text)]
    first_comments = before = _line_end(lines, staying[-1]) if staying else None
    if comments and _is_set_off(tree.text, _line_end(lines, comments[-1])):
        before = _line_end(lines, comments[-1])
    is_spaced, imports = before is not None and before != first_comments, []
    for index, child in enumerate(child for child in children if child.kind != "comment"):
        if child.kind == "future_import_statement" or (index == 0 and is_docstring(child)):
            before, is_spaced = _line_end(lines, child), True
        elif child.kind in _IMPORTS:
            imports.append(child)
        else:
            break
    return _Head(start, first_comments, before, is_spaced, tuple(imports))


def _line_end(lines: LineIndex, node: Node) -> Offset:
    """The end of the line on which `node` ends; a comment counts the first half of a CRLF as its own."""
    return lines.line_range(lines.line_of(Offset(node.range.start + len(node.text.rstrip())))).end


def _leading_comments(children: Sequence[Node]) -> list[Node]:
    found = []
    for child in children:
        if child.kind != "comment":
            break
        found.append(child)
    return found


def _is_set_off(text: str, end: Offset) -> bool:
    """Whether a blank line follows: then the comments before it speak of the file, and not of what comes next."""
    return re.match(r"[ \t]*\r?\n[ \t]*(\r?\n|\Z)", text[end:]) is not None


def _package_inserts(tree: Tree, head: _Head, packages: Iterable[str]) -> Iterator[tuple[Offset, str]]:
    known = {_as_pypi_writes(name) for name in _PACKAGE.findall(tree.text)}
    for package in packages:
        if _as_pypi_writes(re.split(r"[=<>!~\[; ]", package)[0]) in known:
            continue
        comment = f"# pipedream add-package {package}"
        if head.first_comments is None:
            yield head.start, comment + "\n"
        else:
            yield head.first_comments, "\n" + comment


def _as_pypi_writes(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _into_existing(head: _Head, imports: Sequence[ImportedName]) -> tuple[list[tuple[Offset, str]], list[ImportedName]]:
    """The names that go into a `from … import …` which is there, and the imports that are left."""
    inserts, fresh = [], []
    for name in sorted(imports, key=lambda name: name.name.lower()):
        brought = next((found for found in map(imported_by, head.imports) if found and _suits(found, name)), None)
        if brought is None:
            fresh.append(name)
            continue
        later = next((place for other, place in brought if other.name.lower() > name.name.lower()), None)
        if later:
            inserts.append((later.range.start, f"{_written(name)}, "))
        else:
            inserts.append((brought[-1][1].range.end, f", {_written(name)}"))
    return inserts, fresh


def _suits(brought: list[tuple[ImportedName, Node]], name: ImportedName) -> bool:
    return name.module is not None and all(other.module == name.module for other, _ in brought)


def _import_inserts(lines: LineIndex, head: _Head, imports: Sequence[ImportedName]) -> Iterator[tuple[Offset, str]]:
    statements = sorted(_statements(imports))
    if not head.imports:
        yield from _first_imports(lines, head, statements)
        return
    there = [(_key_of(node), node) for node in head.imports]
    groups: dict[tuple[int, bool], list[tuple[_Key, str]]] = {}
    for key, text in statements:
        groups.setdefault(_anchor([other for other, _ in there], key), []).append((key, text))
    for (index, is_above), group in groups.items():
        key, node = there[index]
        if is_above:
            start = lines.line_range(lines.line_of(node.range.start)).start
            yield max(start, head.start), _block(group) + "\n" + _blank(group[-1][0], key)
        else:
            yield _line_end(lines, node), "\n" + _blank(key, group[0][0]) + _block(group)


def _anchor(there: Sequence[_Key], key: _Key) -> tuple[int, bool]:
    """Which of the imports `there` a new one stands beside, of its own section if there are any; and whether above."""
    same = [index for index, other in enumerate(there) if other[0] == key[0]]
    near = same or range(len(there))
    smaller = [index for index in near if there[index] <= key]
    return (smaller[-1], False) if smaller else (near[0], True)


def _first_imports(lines: LineIndex, head: _Head, statements: list[tuple[_Key, str]]) -> Iterator[tuple[Offset, str]]:
    """The imports of a module that has none."""
    if not statements:
        return
    at = head.start if head.before_imports is None else head.before_imports
    rest = lines.text[at:]
    content = rest.lstrip(" \t\r\n\f")
    blanks = len(re.findall(r"\r\n|\n", rest[: len(rest) - len(content)]))
    wanted = 3 if re.match(r"(async[ \t]+)?def\b|class\b|@", content) else 2 if content else 1
    if head.before_imports is None:
        yield at, _block(statements) + "\n" * max(wanted - blanks, 0)
    else:
        yield at, ("\n\n" if head.is_spaced else "\n") + _block(statements) + "\n" * max(wanted - blanks, 0)


def _block(statements: Sequence[tuple[_Key, str]]) -> str:
    """Statements one below the other, with a blank line between sections."""
    text, last = "", statements[0][0]
    for key, statement in statements:
        text += ("\n" + _blank(last, key) if text else "") + statement
        last = key
    return text


def _blank(one: _Key, other: _Key) -> str:
    return "" if one[0] == other[0] else "\n"


def _statements(imports: Sequence[ImportedName]) -> Iterator[tuple[_Key, str]]:
    modules: dict[str, list[ImportedName]] = {}
    for name in imports:
        if name.module is None:
            yield _key(name.name, is_from=False), f"import {_written(name)}"
        else:
            modules.setdefault(name.module, []).append(name)
    for module, names in modules.items():
        yield _key(module, is_from=True), f"from {module} import {', '.join(map(_written, names))}"


def _written(name: ImportedName) -> str:
    return f"{name.name} as {name.alias}" if name.alias else name.name


def _key_of(statement: Node) -> _Key:
    module = statement.field("module_name") or next(iter(statement.children), None)
    name = (module.field("name") or module).text if module else ""
    return _key(name, is_from=statement.kind == "import_from_statement")


def _key(module: str, *, is_from: bool) -> _Key:
    section = 2 if module.startswith(".") else 0 if module.partition(".")[0] in sys.stdlib_module_names else 1
    return section, is_from, module.lower()
