"""Inserts the template of an app: a whole step where there is none, lines of a handler where there is one."""

import re

from pd_lsp.features.insertion.head import head_of
from pd_lsp.features.insertion.head_edits import head_edits
from pd_lsp.features.insertion.identifiers import fresh_name
from pd_lsp.features.insertion.imported_names import ImportedName
from pd_lsp.features.insertion.site import Lines, Site, site_at
from pd_lsp.features.insertion.template_code import (
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
from pd_lsp.syntax.handler import Handler
from pd_lsp.syntax.tree import parse
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange, apply_edits

_BLANKS = " \t\r\n\f"
_LINE_END = re.compile(r"\r\n|\n|\r")


def insert_template(
    text: str, offset: Offset, template: Template, *, prop: str | None = None
) -> tuple[TextEdit, ...] | None:
    """The edits that put `template` into the step `text` for a caret at `offset`, or None where it has no place.

    An empty file becomes a whole step. In a handler the lines go to the caret's statement boundary, under the handler's
    own name for `pd`, its indent and quotes, `prop` (default: the app's slug), and names that nothing else has there;
    for a caret outside of every handler they go to the end of the one that runs. A module without a handler gets one.
    """
    site = site_at(parse(text), LineIndex(text), offset)
    return insert_at(site, template, prop or template.app) if site else None


def insert_at(site: Site, template: Template, prop: str) -> tuple[TextEdit, ...] | None:
    """The edits that put `template` at a place that was found for it."""
    code = take_apart(template, site.quote)
    if code is None:
        return None
    packages = packages_of(template, code)
    if site.inside:
        edits = _into_handler(site, site.inside, code, prop, packages)
    elif site.is_blank:
        edits = _whole_step(site, code, prop, packages)
    else:
        edits = _new_handler(site, code, prop, packages)
    if edits is None:
        return None
    edits = _joined(edits if site.filler is None else [_without(site.filler, edit) for edit in edits])
    line_end = _LINE_END.search(site.tree.text)
    if line_end and line_end.group() == "\r\n":
        edits = [TextEdit(edit.range, edit.new_text.replace("\n", "\r\n")) for edit in edits]
    return tuple(edits)


def _joined(edits: list[TextEdit]) -> list[TextEdit]:
    """The edits in the order of the text, those that begin at one place made one, in the order given."""
    joined: list[TextEdit] = []
    for edit in sorted(edits, key=lambda edit: (edit.range.start, edit.range.end)):
        if joined and joined[-1].range.end == edit.range.start == joined[-1].range.start:
            edit = TextEdit(edit.range, joined.pop().new_text + edit.new_text)  # noqa: PLW2901 - the two are one now
        joined.append(edit)
    return joined


def _without(filler: TextRange, edit: TextEdit) -> TextEdit:
    """An edit of a text that has a filler in it, as one of the text that has none."""
    start, end = (
        Offset(min(offset, max(filler.start, offset - (filler.end - filler.start))))
        for offset in (edit.range.start, edit.range.end)
    )
    return TextEdit(TextRange(start, end), edit.new_text)


def _whole_step(site: Site, code: TemplateCode, prop: str, packages: list[str]) -> list[TextEdit]:
    """The whole template, below the comments that are there."""
    text = whole_code(code, Renaming(prop, {}))
    if packages:
        tree, lines = parse(text), LineIndex(text)
        text = apply_edits(text, head_edits(lines, head_of(tree, lines), [], packages))
    return [_at_the_end(site.tree.text, text, 2)]


def _new_handler(site: Site, code: TemplateCode, prop: str, packages: list[str]) -> list[TextEdit]:
    """A handler below the code that is there."""
    names, imports = _imports(site, code)
    end = _at_the_end(site.tree.text, handler_code(code, Renaming(prop, names)), 3)
    heads = (
        TextEdit(TextRange(place, place), edit.new_text)  # not behind blanks that the end takes the place of
        for edit in head_edits(site.lines, site.head, imports, packages)
        for place in (min(edit.range.start, end.range.start),)
    )
    return [*heads, end]


def _at_the_end(text: str, code: str, line_ends: int) -> TextEdit:
    end = len(text.rstrip(_BLANKS))
    before = "\n" * line_ends if text[:end].strip("\ufeff") else ""
    return TextEdit(TextRange(Offset(end), Offset(len(text))), before + code + "\n")


def _into_handler(
    site: Site, inside: Lines, code: TemplateCode, prop: str, packages: list[str]
) -> list[TextEdit] | None:
    """The template's lines, in a handler that is there."""
    parameter, parameter_edits = _parameter(inside.handler, code)
    if parameter is None:
        return None
    place = inside.place
    names, imports = _imports(site, code, inside)
    names[code.parameter] = parameter

    def is_taken(name: str) -> bool:
        return inside.names.is_used(name) or name in names.values()

    for local in sorted(filter(is_taken, code.locals)):
        names[local] = fresh_name(local, lambda name: name in code.locals or is_taken(name))
    result = None
    if not place.is_last or _is_async_generator(inside.handler):
        result = fresh_name(result_name(code, prop), lambda name: name in code.locals or is_taken(name))
    lines = body_code(code, Renaming(prop, names, result), place.indent, place.unit)
    body = TextEdit(place.range, place.before + lines.rstrip("\n") + place.after)
    return [*head_edits(site.lines, site.head, imports, packages), *parameter_edits, body]


def _parameter(handler: Handler, code: TemplateCode) -> tuple[str | None, list[TextEdit]]:
    """What the handler calls `pd`, and the edit that gives it one if it takes nothing at all."""
    if handler.parameter or handler.node is None:
        return handler.parameter or code.parameter, []
    parameters = handler.node.field("parameters")
    if parameters is None or parameters.children:
        return None, []
    inside = Offset(parameters.range.start + 1)
    return code.parameter, [TextEdit(TextRange(inside, inside), f"{code.parameter}: {code.quote}pipedream{code.quote}")]


def _is_async_generator(handler: Handler) -> bool:
    """Whether a `return` with a value is a mistake here."""
    if not handler.is_async or handler.node is None or "yield" not in handler.node.text:
        return False
    return any(handler.node.matches("((yield) @yield)"))


def _imports(site: Site, code: TemplateCode, inside: Lines | None = None) -> tuple[dict[str, str], list[ImportedName]]:
    """New names for what the template imports, where it must have others, and the imports that are missing."""
    names: dict[str, str] = {}
    missing = []
    for wanted in code.imports:
        known = _known(site, wanted, inside)
        if known is None:
            known = _renamed(site, wanted, inside)
            missing.append(known)
        if known.bound != wanted.bound:
            names[wanted.bound] = known.bound
    return names, missing


def _known(site: Site, wanted: ImportedName, inside: Lines | None) -> ImportedName | None:
    """The import of the same thing that the code can use, if there is one."""
    usable = [
        name
        for name in site.imports
        if name.is_same_thing(wanted) and not (inside and inside.names.is_bound(name.bound))
    ]
    local = [name for name in inside.imports if name.is_same_thing(wanted)] if inside else []
    return next(iter((*usable, *local)), None)


def _renamed(site: Site, wanted: ImportedName, inside: Lines | None) -> ImportedName:
    """The import under a name that means nothing else; `import a.b` can have no other."""

    def means_another(name: str) -> bool:
        is_imported = any(other.bound == name for other in site.imports)
        return is_imported or site.names.is_bound(name) or (inside is not None and inside.names.is_bound(name))

    if not means_another(wanted.bound) or (wanted.module is None and "." in wanted.name and wanted.alias is None):
        return wanted
    free = fresh_name(wanted.bound, lambda name: means_another(name) or site.names.is_used(name))
    return ImportedName(wanted.module, wanted.name, free)
