"""A template taken apart, and its parts written under the names that they must have elsewhere."""

import builtins
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pd_lsp.features.insertion.identifiers import name_nodes
from pd_lsp.features.insertion.imported_names import ImportedName, import_statements, imported_by
from pd_lsp.features.insertion.quotes import Quote, in_single_quotes
from pd_lsp.model import Template
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.literal import string_content, string_value
from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange, apply_edits

_INPUT = """
(subscript value: (attribute object: (identifier) @pd attribute: (identifier) @member (#eq? @member "inputs"))
           subscript: (string) @key)
"""
_WORD = re.compile(r"[^\W\d]\w*")
_KEPT = 512
"""How many templates stay in memory."""
_UNIT = 4
"""How far templates are indented, in blanks."""


@dataclass(frozen=True, slots=True)
class TemplateCode:
    """What a template is made of."""

    text: str
    quote: Quote
    """What its strings are written in."""
    parameter: str
    imports: tuple[ImportedName, ...]
    packages: tuple[str, ...]
    """The packages to ask the platform for, in the words of PyPI (docs/platform.md, section 1.7)."""
    handler: TextRange
    body: TextRange
    """The handler's lines, from the first after its header."""
    result: TextRange
    """The final `return`, up to what it returns."""
    returned: str
    names: tuple[tuple[str, TextRange], ...]
    """The names in its handler, each as often as it stands there."""
    inputs: tuple[TextRange, ...]
    """Where the app's name stands as a key of `pd.inputs`."""
    locals: frozenset[str]
    """The names that the body makes for itself."""
    fixed: frozenset[int]
    """The lines of the body, counted from 0, that begin inside a string, and so must stay as they are."""


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a template must call things where it goes."""

    prop: str
    names: Mapping[str, str]
    """New names for names of the template: its parameter, imports, variables."""
    result: str | None = None
    """The variable that takes the result, where code follows; None: the result is returned."""


def take_apart(template: Template, quote: Quote = '"') -> TemplateCode | None:
    """The parts of a template, its strings in such quotes where they can be.

    None if it is not a step with one handler that ends by returning something.
    """
    return _take_apart(template.app, template.code.replace("\r\n", "\n"), quote)


def packages_of(template: Template, code: TemplateCode) -> list[str]:
    """The packages that the template needs asking for, each once."""
    return list(dict.fromkeys([*code.packages, *template.packages.values()]))


def whole_code(code: TemplateCode, renaming: Renaming) -> str:
    """The whole template."""
    return _renamed(code, TextRange(Offset(0), Offset(len(code.text))), renaming).strip("\n")


def handler_code(code: TemplateCode, renaming: Renaming) -> str:
    """Its handler alone."""
    return _renamed(code, code.handler, renaming).strip("\n")


def body_code(code: TemplateCode, renaming: Renaming, indent: str, unit: str) -> str:
    """The lines of its handler, the outermost with `indent` before them and inner ones by `unit` more."""
    lines = _renamed(code, code.body, renaming).split("\n")
    return "\n".join(
        line if number in code.fixed else _indented(line, indent, unit) for number, line in enumerate(lines)
    )


def result_name(code: TemplateCode, prop: str) -> str:
    """A telling name for the result: `slack_message` for a `message` of `slack`."""
    first = _WORD.match(code.returned)
    what = first.group() if first and first.group() in code.locals else "result"
    return re.sub(r"\W", "_", f"{prop}_{what}") if prop[:1].isidentifier() else f"_{what}"


@lru_cache(maxsize=_KEPT)
def _take_apart(app: str, code: str, quote: Quote) -> TemplateCode | None:
    code = in_single_quotes(code) if quote == "'" else code
    tree = parse(code)
    handler = next(iter(handlers(tree)), None)
    body = handler.node.field("body") if handler and handler.node else None
    if handler is None or handler.parameter is None or body is None or not body.children or tree.root.has_error:
        return None
    result = body.children[-1]
    if result.kind != "return_statement" or not result.children:
        return None
    imports = [name for statement in import_statements(tree.root) for name, _ in imported_by(statement)]
    inside = TextRange(_after_header(tree, handler), handler.range.end)
    names = [(node.text, node.range) for node in name_nodes(tree.root) if node.range.start >= handler.range.start]
    used = {name for name, place in names if place.start >= inside.start}
    return TemplateCode(
        text=code,
        quote=quote,
        parameter=handler.parameter,
        imports=tuple(imports),
        packages=tuple(comment.wanted for comment in package_comments(tree)),
        handler=handler.range,
        body=inside,
        result=TextRange(result.range.start, result.children[0].range.start),
        returned=result.children[0].text,
        names=tuple(names),
        inputs=tuple(_inputs(tree, handler.parameter, app)),
        locals=frozenset(used - {handler.parameter, *(name.bound for name in imports)} - set(dir(builtins))),
        fixed=frozenset(_lines_inside_strings(tree, inside)),
    )


def _after_header(tree: Tree, handler: Handler) -> Offset:
    end = tree.text.find("\n", handler.name.end)
    return Offset(end + 1 if end >= 0 else handler.range.end)


def _inputs(tree: Tree, parameter: str, app: str) -> Iterator[TextRange]:
    for match in tree.root.matches(_INPUT):
        if match["pd"].text == parameter and string_value(match["key"].text) == app:
            yield match["key"].range


def _lines_inside_strings(tree: Tree, body: TextRange) -> Iterator[int]:
    lines = LineIndex(tree.text)
    first = lines.line_of(body.start)
    for match in tree.root.matches("((string) @text)"):
        text = match["text"].range
        yield from (line - first for line in range(lines.line_of(text.start) + 1, lines.line_of(text.end) + 1))


def _renamed(code: TemplateCode, part: TextRange, renaming: Renaming) -> str:
    edits = [
        TextEdit(TextRange(_shifted(place.start, part), _shifted(place.end, part)), text)
        for place, text in _changes(code, renaming)
        if part.start <= place.start and place.end <= part.end
    ]
    return apply_edits(code.text[part.start : part.end], edits)


def _changes(code: TemplateCode, renaming: Renaming) -> Iterator[tuple[TextRange, str]]:
    for name, place in code.names:
        if name in renaming.names:
            yield place, renaming.names[name]
    for place in code.inputs:
        quote = code.text[place.end - 1]  # its own: within an f-string it is the other one
        yield place, quote + string_content(renaming.prop, quote) + quote
    if renaming.result is not None:
        yield code.result, f"{renaming.result} = "


def _shifted(offset: Offset, part: TextRange) -> Offset:
    return Offset(offset - part.start)


def _indented(line: str, indent: str, unit: str) -> str:
    content = line.lstrip(" ")
    level, rest = divmod(len(line) - len(content), _UNIT)
    return indent + unit * (level - 1) + " " * rest + content if content else ""
