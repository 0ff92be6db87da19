"""Inserts the template of an app: a whole step where there is none, lines of a handler where there is one."""

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from pd_lsp.features.code_actions.insertion.handler_lines import zone_end
from pd_lsp.features.code_actions.insertion.head_edits import head_edits
from pd_lsp.features.code_actions.insertion.identifiers import fresh_name, module_names_bound, names_bound, names_used
from pd_lsp.features.code_actions.insertion.imported_names import ImportedName, import_statements, imported_by
from pd_lsp.features.code_actions.insertion.place import Place, place_in
from pd_lsp.features.code_actions.insertion.template_code import (
    Renaming,
    TemplateCode,
    body_code,
    handler_code,
    packages_of,
    result_name,
    take_apart,
    whole_code,
)
from pd_lsp.model import Template
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.tree import Node, Tree, parse
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange, apply_edits

_BLANKS = " \t\r\n\f"
_LINE_END = re.compile(r"\r\n|\n|\r")
_WORD = re.compile(r"[^\W\d]\w*")


def insert_template(
    text: str, offset: Offset, template: Template, *, prop: str | None = None, tree: Tree | None = None
) -> tuple[TextEdit, ...] | None:
    """The edits that put `template` into the step `text` for a caret at `offset`, or None where it has no place.

    An empty file becomes a whole step. In a handler the lines go to the caret's statement boundary, under the handler's
    own name for `pd`, its indent, `prop` (default: the app's slug), and names that nothing else has there; for a caret
    outside of every handler they go to the end of the one that runs. A module without a handler gets one. `tree` is
    `text` as parsed before, to save the time.
    """
    code = take_apart(template)
    if code is None or "\r" in text.replace("\r\n", ""):
        return None
    tree = tree or parse(text)
    packages = packages_of(template, code)
    edits = _edits(_Insertion(tree, code, prop or template.app, tuple(packages)), offset)
    if edits is None:
        return None
    edits = _joined(edits)
    line_end = _LINE_END.search(text)
    if line_end and line_end.group() == "\r\n":
        edits = [TextEdit(edit.range, edit.new_text.replace("\n", "\r\n")) for edit in edits]
    return tuple(edits)


@dataclass(frozen=True, slots=True)
class _Insertion:
    """What is inserted, and into what."""

    tree: Tree
    code: TemplateCode
    prop: str
    packages: tuple[str, ...]


def _edits(insertion: _Insertion, offset: Offset) -> list[TextEdit] | None:
    tree = insertion.tree
    found = handlers(tree)
    if found:
        around = [handler for handler in found if handler.range.start <= offset <= zone_end(tree, handler)]
        return _into_handler(insertion, (around or found)[-1], offset)
    if all(child.kind == "comment" for child in tree.root.children):
        return _whole_step(insertion)
    return None if tree.root.has_error else _new_handler(insertion)


def _joined(edits: list[TextEdit]) -> list[TextEdit]:
    """The edits in the order of the text, those that begin at one place made one, in the order given."""
    joined: list[TextEdit] = []
    for edit in sorted(edits, key=lambda edit: (edit.range.start, edit.range.end)):
        if joined and joined[-1].range.end == edit.range.start == joined[-1].range.start:
            edit = TextEdit(edit.range, joined.pop().new_text + edit.new_text)  # noqa: PLW2901 - the two are one now
        joined.append(edit)
    return joined


def _whole_step(insertion: _Insertion) -> list[TextEdit]:
    """The whole template, below the comments that are there."""
    text = whole_code(insertion.code, Renaming(insertion.prop, {}))
    heads = head_edits(parse(text), [], insertion.packages)
    return [_at_the_end(insertion.tree.text, apply_edits(text, heads), 2)]


def _new_handler(insertion: _Insertion) -> list[TextEdit]:
    """A handler below the code that is there."""
    names, imports = _imports(insertion, bound=set(), local=[])
    text = handler_code(insertion.code, Renaming(insertion.prop, names))
    end = _at_the_end(insertion.tree.text, text, 3)
    heads = (
        TextEdit(TextRange(place, place), edit.new_text)  # not behind blanks that the end takes the place of
        for edit in head_edits(insertion.tree, imports, insertion.packages)
        for place in (min(edit.range.start, end.range.start),)
    )
    return [*heads, end]


def _at_the_end(text: str, code: str, line_ends: int) -> TextEdit:
    end = len(text.rstrip(_BLANKS))
    before = "\n" * line_ends if text[:end].strip("\ufeff") else ""
    return TextEdit(TextRange(Offset(end), Offset(len(text))), before + code + "\n")


def _into_handler(insertion: _Insertion, handler: Handler, offset: Offset) -> list[TextEdit] | None:
    """The template's lines, in a handler that is there."""
    code, target = insertion.code, _target(insertion.tree, handler, offset)
    parameter, parameter_edits = _parameter(handler, code)
    if target is None or parameter is None:
        return None
    place = target.place
    names, imports = _imports(insertion, target.bound, list(target.imports))
    used = target.used | set(names.values())
    names[code.parameter] = parameter
    for local in sorted(code.locals & (used | {parameter})):
        names[local] = fresh_name(local, used | code.locals | {parameter, *names.values()})
    result = None
    if not place.is_last or _is_async_generator(handler):
        result = fresh_name(result_name(code, insertion.prop), used | code.locals | set(names.values()))
    lines = body_code(code, Renaming(insertion.prop, names, result), place.indent, place.unit)
    body = TextEdit(place.range, place.before + lines.rstrip("\n") + place.after)
    return [*head_edits(insertion.tree, imports, insertion.packages), *parameter_edits, body]


@dataclass(frozen=True, slots=True)
class _Target:
    """The place in a handler, and the names that mean something there."""

    place: Place
    used: frozenset[str]
    bound: frozenset[str]
    """Those that the handler gives a meaning of its own."""
    imports: tuple[ImportedName, ...]
    """What the handler itself has imported by then."""


@lru_cache(maxsize=1)
def _target(tree: Tree, handler: Handler, offset: Offset) -> _Target | None:
    """What a caret in a handler means; kept, because many templates are offered at one caret."""
    place = place_in(tree, LineIndex(tree.text), handler, offset)
    if place is None:
        return None
    if handler.node is None:
        return _Target(place, frozenset(_WORD.findall(tree.text)), frozenset(), ())
    return _Target(
        place=place,
        used=frozenset(names_used(handler.node)),
        bound=frozenset(names_bound(handler.node)),
        imports=tuple(_local_imports(handler.node, place.range.start)),
    )


def _parameter(handler: Handler, code: TemplateCode) -> tuple[str | None, list[TextEdit]]:
    """What the handler calls `pd`, and the edit that gives it one if it takes nothing at all."""
    if handler.parameter or handler.node is None:
        return handler.parameter or code.parameter, []
    parameters = handler.node.field("parameters")
    if parameters is None or parameters.children:
        return None, []
    inside = Offset(parameters.range.start + 1)
    return code.parameter, [TextEdit(TextRange(inside, inside), f'{code.parameter}: "pipedream"')]


def _local_imports(definition: Node, before: Offset) -> list[ImportedName]:
    """What a handler itself has imported by the place `before`."""
    body = definition.field("body")
    statements = [] if body is None else [child for child in body.children if child.range.end <= before]
    imports = (child for child in statements if child.kind in ("import_statement", "import_from_statement"))
    return [name for statement in imports for name, _ in imported_by(statement)]


def _is_async_generator(handler: Handler) -> bool:
    """Whether a `return` with a value is a mistake here."""
    return handler.is_async and handler.node is not None and any(handler.node.matches("((yield) @yield)"))


def _imports(
    insertion: _Insertion, bound: AbstractSet[str], local: list[ImportedName]
) -> tuple[dict[str, str], list[ImportedName]]:
    """New names for what the template imports, where it must have others, and the imports that are missing.

    `bound` are the names that the handler gives a meaning of its own, `local` what it has imported.
    """
    root = insertion.tree.root
    there = [name for statement in import_statements(root) for name, _ in imported_by(statement)]
    usable = [*(name for name in there if name.bound not in bound), *local]
    names: dict[str, str] = {}
    missing = []
    for wanted in insertion.code.imports:
        known = next((name for name in usable if name.is_same_thing(wanted)), None)
        if known is None:
            others = {name.bound for name in there} | module_names_bound(root) | bound
            known = _renamed(wanted, others, root)
            missing.append(known)
        if known.bound != wanted.bound:
            names[wanted.bound] = known.bound
    return names, missing


def _renamed(wanted: ImportedName, others: AbstractSet[str], module: Node) -> ImportedName:
    """The import under a name that means nothing else; `import a.b` can have no other."""
    if wanted.bound not in others or (wanted.module is None and "." in wanted.name and wanted.alias is None):
        return wanted
    return ImportedName(wanted.module, wanted.name, fresh_name(wanted.bound, others | names_used(module)))
