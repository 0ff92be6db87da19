"""Which expressions certainly give something that JSON can't hold, and what would make JSON of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.rules.arguments import plain
from pd_lsp.features.rules.meanings import call_meaning
from pd_lsp.features.rules.values import pairs, value_of
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.tree import Node, Tree

_DEEPEST = 20
_LITERALS = {
    "set": ("a set", "list({})"),
    "set_comprehension": ("a set", "list({})"),
    "generator_expression": ("a generator", "list({})"),
    "lambda": ("a function", ""),
}
_CALLS = {
    "set": ("a set", "list({})"),
    "frozenset": ("a set", "list({})"),
    "map": ("a map object", "list({})"),
    "filter": ("a filter object", "list({})"),
    "zip": ("a zip object", "list({})"),
    "range": ("a range", "list({})"),
    "enumerate": ("an enumerate object", "list({})"),
    "reversed": ("an iterator", "list({})"),
    "bytes": ("bytes", ""),
    "bytearray": ("bytes", ""),
    "complex": ("a complex number", ""),
    "object": ("an object", ""),
    "datetime.datetime.now": ("a datetime", "{}.isoformat()"),
    "datetime.datetime.utcnow": ("a datetime", "{}.isoformat()"),
    "datetime.datetime.today": ("a datetime", "{}.isoformat()"),
    "datetime.datetime.strptime": ("a datetime", "{}.isoformat()"),
    "datetime.datetime.fromisoformat": ("a datetime", "{}.isoformat()"),
    "datetime.datetime.fromtimestamp": ("a datetime", "{}.isoformat()"),
    "datetime.datetime": ("a datetime", "{}.isoformat()"),
    "datetime.date.today": ("a date", "{}.isoformat()"),
    "datetime.date": ("a date", "{}.isoformat()"),
    "datetime.timedelta": ("a timedelta", "{}.total_seconds()"),
    "decimal.Decimal": ("a Decimal", "str({})"),
    "uuid.uuid1": ("a UUID", "str({})"),
    "uuid.uuid4": ("a UUID", "str({})"),
    "base64.b64encode": ("bytes", "{}.decode()"),
    "base64.b64decode": ("bytes", ""),
    "base64.urlsafe_b64encode": ("bytes", "{}.decode()"),
    "base64.urlsafe_b64decode": ("bytes", ""),
    "io.BytesIO": ("a stream", ""),
    "io.StringIO": ("a stream", "{}.getvalue()"),
} | {
    f"requests.{verb}": ("a response of requests", "{}.json()")
    for verb in ("get", "post", "put", "patch", "delete", "head", "request")
}
"""By full name of what is called: what it gives, and how JSON is made of that, if there is one way."""
_VIEWS = ("keys", "values", "items")
_DICTS = ("dictionary", "dictionary_comprehension")


@dataclass(frozen=True, slots=True)
class NotJson:
    """An expression whose value JSON can't hold."""

    node: Node
    what: str
    """`a set`."""
    mend: str
    """How JSON is made of it, with `{}` for the expression; empty where nobody can say."""
    is_key: bool = False
    """Whether it is a key of a dict."""


def not_json(tree: Tree, value: Node, depth: int = 0) -> Iterator[NotJson]:
    """The parts of `value` that JSON certainly can't hold: in lists and dicts too, and by the name they were given."""
    node = plain(value)
    if depth > _DEEPEST:
        return
    if node.kind in ("list", "tuple", "expression_list"):
        for item in node.children:
            yield from not_json(tree, item, depth + 1)
    elif node.kind == "dictionary":
        yield from _in_pairs(tree, node, depth)
    elif node.kind == "list_comprehension":
        body = node.field("body")
        yield from not_json(tree, body, depth + 1) if body else ()
    elif node.kind == "conditional_expression":
        for branch in (node.children[0], node.children[-1]):
            if branch.kind != "identifier":  # the condition may be about what it holds
                yield from not_json(tree, branch, depth + 1)
    else:
        what = _what(tree, value_of(tree, node))
        if what:
            yield NotJson(node, *what)


def _in_pairs(tree: Tree, dictionary: Node, depth: int) -> Iterator[NotJson]:
    for key, item in pairs(dictionary):
        if key.kind == "tuple" or _is_bytes(key):
            yield NotJson(key, "a tuple" if key.kind == "tuple" else "bytes", "", is_key=True)
        yield from not_json(tree, item, depth + 1)


def _what(tree: Tree, node: Node) -> tuple[str, str] | None:
    if node.kind in _LITERALS:
        return _LITERALS[node.kind]
    if _is_bytes(node):
        return "bytes", ""
    if node.kind in ("integer", "float") and node.text[-1] in "jJ":
        return "a complex number", ""
    if node.kind == "attribute":
        return _attribute(tree, node)
    return (_CALLS.get(call_meaning(tree, node) or "") or _view(tree, node)) if node.kind == "call" else None


def _is_bytes(node: Node) -> bool:
    start = node.text.split("'")[0].split('"')[0].lower() if node.kind == "string" else ""
    return "b" in start


def _attribute(tree: Tree, node: Node) -> tuple[str, str] | None:
    """`r.content` of a response."""
    name, thing = node.field("attribute"), node.field("object")
    if name and thing and name.text == "content" and (call_meaning(tree, value_of(tree, thing)) or "") in _RESPONSES:
        return "bytes", ""
    return None


_RESPONSES = frozenset(name for name in _CALLS if name.startswith("requests."))


def _view(tree: Tree, call: Node) -> tuple[str, str] | None:
    """`.keys()` and the like, of something that is certainly a dict."""
    function = call.field("function")
    name = function.field("attribute") if function and function.kind == "attribute" else None
    thing = function.field("object") if function and name and name.text in _VIEWS else None
    if not thing or not _is_dict(tree, thing):
        return None
    return f"a view of a dict’s {name.text if name else ''}", "list({})"


def _is_dict(tree: Tree, thing: Node) -> bool:
    value = value_of(tree, thing)
    if value.kind in _DICTS or call_meaning(tree, value) == "dict":
        return True
    return any(use.path[0] == "steps" and use.node == thing for use in pd_uses(tree))
