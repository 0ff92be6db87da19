"""A template taken apart, and its parts written under the names that they must have elsewhere."""

import builtins
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from pd_lsp.features.code_actions.insertion.identifiers import name_nodes
from pd_lsp.features.code_actions.insertion.imported_names import ImportedName, import_statements, imported_by
from pd_lsp.model import Template
from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.literal import string_content, string_value
from pd_lsp.syntax.tree import Node, Tree, parse
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange, apply_edits

_PACKAGE = re.compile(r"^#[ \t]*pipedream[ \t]+add-package[ \t]+(\S+)[ \t]*\r?$", re.MULTILINE)
_INPUT = """
(subscript value: (attribute object: (identifier) @pd attribute: (identifier) @member (#eq? @member "inputs"))
           subscript: (string) @key)
"""
_KEPT = 64
_UNIT = 4
"""How far templates are indented, in blanks."""


@dataclass(frozen=True, slots=True)
class TemplateCode:
    """What a template is made of."""

    tree: Tree
    app: str
    parameter: str
    imports: tuple[ImportedName, ...]
    packages: tuple[str, ...]
    """The packages to ask the platform for, in the words of PyPI (docs/platform.md, section 1.7)."""
    handler: TextRange
    body: TextRange
    """The handler's lines, from the first after its header."""
    result: Node
    """The final `return`."""

    @property
    def locals(self) -> set[str]:
        """The names that the body makes for itself."""
        used = {node.text for node in name_nodes(self.tree.root) if node.range.start >= self.body.start}
        return used - {self.parameter, *(name.bound for name in self.imports)} - set(dir(builtins))


@dataclass(frozen=True, slots=True)
class Renaming:
    """What a template must call things where it goes."""

    prop: str
    names: Mapping[str, str]
    """New names for names of the template: its parameter, imports, variables."""
    result: str | None = None
    """The variable that takes the result, where code follows; None: the result is returned."""


def take_apart(template: Template) -> TemplateCode | None:
    """The parts of a template; None if it is not a step with one handler that ends by returning something."""
    return _take_apart(template.app, template.code.replace("\r\n", "\n"))


def packages_of(template: Template, code: TemplateCode) -> list[str]:
    """The packages that the template needs asking for, each once."""
    return list(dict.fromkeys([*code.packages, *template.packages.values()]))


def whole_code(code: TemplateCode, renaming: Renaming) -> str:
    """The whole template."""
    return _renamed(code, TextRange(Offset(0), Offset(len(code.tree.text))), renaming).strip("\n")


def handler_code(code: TemplateCode, renaming: Renaming) -> str:
    """Its handler alone."""
    return _renamed(code, code.handler, renaming).strip("\n")


def body_code(code: TemplateCode, renaming: Renaming, indent: str, unit: str) -> str:
    """The lines of its handler, the outermost with `indent` before them and inner ones by `unit` more."""
    fixed = _lines_inside_strings(code)
    first = LineIndex(code.tree.text).line_of(code.body.start)
    lines = _renamed(code, code.body, renaming).split("\n")
    return "\n".join(
        line if first + number in fixed else _indented(line, indent, unit) for number, line in enumerate(lines)
    )


def result_name(code: TemplateCode, prop: str) -> str:
    """A telling name for the result: `slack_message` for a `message` of `slack`."""
    first = re.match(r"[^\W\d]\w*", code.result.children[0].text)
    what = first.group() if first and first.group() in code.locals else "result"
    return re.sub(r"\W", "_", f"{prop}_{what}") if prop[:1].isidentifier() else f"_{what}"


@lru_cache(maxsize=_KEPT)
def _take_apart(app: str, code: str) -> TemplateCode | None:
    tree = parse(code)
    handler = next(iter(handlers(tree)), None)
    body = handler.node.field("body") if handler and handler.node else None
    if handler is None or handler.parameter is None or body is None or not body.children or tree.root.has_error:
        return None
    result = body.children[-1]
    if result.kind != "return_statement" or not result.children:
        return None
    imports = [name for statement in import_statements(tree.root) for name, _ in imported_by(statement)]
    return TemplateCode(
        tree=tree,
        app=app,
        parameter=handler.parameter,
        imports=tuple(imports),
        packages=tuple(_PACKAGE.findall(code)),
        handler=handler.range,
        body=TextRange(_after_header(tree, handler), handler.range.end),
        result=result,
    )


def _after_header(tree: Tree, handler: Handler) -> Offset:
    end = tree.text.find("\n", handler.name.end)
    return Offset(end + 1 if end >= 0 else handler.range.end)


def _renamed(code: TemplateCode, part: TextRange, renaming: Renaming) -> str:
    edits = [*_name_edits(code, renaming), *_prop_edits(code, renaming), *_result_edits(code, renaming)]
    inside = [
        TextEdit(TextRange(_shifted(edit.range.start, part), _shifted(edit.range.end, part)), edit.new_text)
        for edit in edits
        if part.start <= edit.range.start and edit.range.end <= part.end
    ]
    return apply_edits(code.tree.text[part.start : part.end], inside)


def _shifted(offset: Offset, part: TextRange) -> Offset:
    return Offset(offset - part.start)


def _name_edits(code: TemplateCode, renaming: Renaming) -> list[TextEdit]:
    return [
        TextEdit(node.range, renaming.names[node.text])
        for node in name_nodes(code.tree.root)
        if node.text in renaming.names and node.range.start >= code.handler.start
    ]


def _prop_edits(code: TemplateCode, renaming: Renaming) -> list[TextEdit]:
    return [
        TextEdit(match["key"].range, '"' + string_content(renaming.prop, '"') + '"')
        for match in code.tree.root.matches(_INPUT)
        if match["pd"].text == code.parameter and string_value(match["key"].text) == code.app
    ]


def _result_edits(code: TemplateCode, renaming: Renaming) -> list[TextEdit]:
    if renaming.result is None:
        return []
    returned = code.result.children[0].range.start
    return [TextEdit(TextRange(code.result.range.start, returned), f"{renaming.result} = ")]


def _lines_inside_strings(code: TemplateCode) -> set[int]:
    """The lines that begin inside a string, and so must stay as they are."""
    lines = LineIndex(code.tree.text)
    strings = [match["text"].range for match in code.tree.root.matches("((string) @text)")]
    return {line for text in strings for line in range(lines.line_of(text.start) + 1, lines.line_of(text.end) + 1)}


def _indented(line: str, indent: str, unit: str) -> str:
    content = line.lstrip(" ")
    level, rest = divmod(len(line) - len(content), _UNIT)
    return indent + unit * (level - 1) + " " * rest + content if content else ""
