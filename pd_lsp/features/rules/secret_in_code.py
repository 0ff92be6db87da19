"""A secret in the text of a step.

Everybody who can read the step, its history or its repository can use it. Connect an account and read it by
`pd.inputs`, or keep it in an environment variable. What was in the code once should be replaced at the service.

Wrong:

    def handler(pd: "pipedream"):
        token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ0ZWFtLTcifQ.o1Zr9sKf3LQmVt7uXyB2wPa6cDe8gHj4"
        return len(token)

Right:

    import os

    def handler(pd: "pipedream"):
        token = os.environ["API_TOKEN"]
        return len(token)
"""

from collections.abc import Iterator

from pd_lsp.features.insertion.head import head_of
from pd_lsp.features.insertion.head_edits import head_edits
from pd_lsp.features.insertion.imported_names import ImportedName
from pd_lsp.features.rules.meanings import imports, is_given
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.statements import around, function_around, running_handler
from pd_lsp.features.rules.token_forms import TokenForm, tokens_in
from pd_lsp.model import AppSlug
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.literal import string_content, string_value
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_DOUBLE = '"'
_WITH_VALUES = (
    "assignment",
    "argument_list",
    "keyword_argument",
    "pair",
    "list",
    "tuple",
    "return_statement",
    "parenthesized_expression",
    "binary_operator",
    "boolean_operator",
)
"""What a string stands in where any other expression could stand."""
_IN_STRINGS = ("string", "string_content", "escape_sequence")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for form, place in tokens_in(snapshot.text):
        node = snapshot.tree.node_at(place.start, place.end)
        if node.kind in _IN_STRINGS or (form.is_strong and node.kind == "comment"):
            message = f"This looks like {form.name}: read it from a connected account, or from the environment."
            yield Finding(place, message, _fixes(snapshot, form, place, node))


def _fixes(snapshot: Snapshot, form: TokenForm, place: TextRange, node: Node) -> tuple[Fix, ...]:
    """What reads it from elsewhere, where it is all of a string in code."""
    literal = node.parent if node.kind in _IN_STRINGS[1:] else node
    if literal is None or literal.kind != "string" or not _is_all_of(snapshot, literal, place):
        return ()
    return (*_from_account(snapshot, form, literal), *_from_environment(snapshot, form, literal))


def _is_all_of(snapshot: Snapshot, literal: Node, place: TextRange) -> bool:
    """Whether a string holds the token and nothing else, and stands where an expression can."""
    is_value = literal.parent is not None and literal.parent.kind in _WITH_VALUES
    is_nested = any(one.kind == "interpolation" for one in around(literal))
    return is_value and not is_nested and string_value(literal.text) == snapshot.text[place.start : place.end]


def _from_account(snapshot: Snapshot, form: TokenForm, literal: Node) -> Iterator[Fix]:
    """Reads it of the one account that can be meant, in the handler's own code."""
    handler = running_handler(snapshot.tree)
    pd = handlers(snapshot.tree)[-1].parameter if handler else None
    apps = _apps(snapshot, form)
    if pd and handler and len(apps) == 1 and _is_in_body(literal, handler):
        name, key = apps[0]
        if key in snapshot.keys_of(snapshot.app_prop(name)).names:
            read = f'{pd}.inputs["{string_content(name, _DOUBLE)}"]["$auth"]["{key}"]'
            yield Fix(f"Read it from the account {name!r}", (TextEdit(literal.range, read),))


def _is_in_body(literal: Node, handler: Node) -> bool:
    body = handler.field("body")
    return function_around(literal) == handler and body is not None and literal.range.start >= body.range.start


def _apps(snapshot: Snapshot, form: TokenForm) -> list[tuple[str, str]]:
    """The names in `pd.inputs` whose account has such a token, each with its key."""
    if snapshot.step:
        keys = dict(form.keys)
        return [(prop.name, keys[prop.app]) for prop in snapshot.step.apps if prop.app in keys]
    return [(slug, key) for slug, key in form.keys if snapshot.accounts.of(AppSlug(slug))]


def _from_environment(snapshot: Snapshot, form: TokenForm, literal: Node) -> Iterator[Fix]:
    if is_given(snapshot.tree, "os") or imports(snapshot.tree).get("os", "os") != "os" or snapshot.tree.root.has_error:
        return
    read = TextEdit(literal.range, f'os.environ["{form.variable}"]')
    has_os = "os" in imports(snapshot.tree)
    head = (
        ()
        if has_os
        else head_edits(snapshot.lines, head_of(snapshot.tree, snapshot.lines), [ImportedName(None, "os")], ())
    )
    yield Fix(f"Read it from the environment: {form.variable}", (*head, read))


RULE = Rule("secret-in-code", "warning", _find)
