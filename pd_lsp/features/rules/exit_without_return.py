"""`pd.flow.exit()` with code behind it that runs all the same.

`pd.flow.exit()` ends the workflow only when this step has run to its end (docs/platform.md, section 1.6): the lines
behind the call still run, often with values that are missing. `return pd.flow.exit(…)` stops at once.

Wrong:

    def handler(pd: "pipedream"):
        body = pd.steps["trigger"]["event"].get("body")
        if not body:
            pd.flow.exit("Nothing to do")
        return body["id"]

Right:

    def handler(pd: "pipedream"):
        body = pd.steps["trigger"]["event"].get("body")
        if not body:
            return pd.flow.exit("Nothing to do")
        return body["id"]
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.pd_calls import PdCall, pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_BLOCKS = ("block", "module")
_LEAVES = ("raise_statement", "continue_statement", "break_statement")
_PLAIN = ("none", "true", "false", "integer", "string", "identifier")
_BRANCHES = ("if_statement", "elif_clause", "else_clause", "with_statement", "match_statement", "case_clause")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = handlers(snapshot.tree)
    handler = found[-1].node if found else None
    for call in pd_calls(snapshot.tree, "flow.exit"):
        statement = call.node.parent
        if handler and statement and statement.kind == "expression_statement" and _goes_on(statement, handler):
            yield Finding(
                call.node.range,
                "The lines below run all the same: the workflow ends only after this step. Return it to stop here.",
                (_returned(call),),
            )


def _goes_on(statement: Node, handler: Node) -> bool:
    """Whether code of the handler itself runs behind `statement`; False wherever that is not certain."""
    node = statement
    while (parent := node.parent) is not None:
        if parent.kind in _BLOCKS:
            behind = next((one for one in parent.children_from(node.range.end) if one.kind != "comment"), None)
            if behind is not None and behind.range.start >= node.range.end:
                return not _is_harmless(behind) and _is_of(parent, handler)
        elif parent.kind not in _BRANCHES:
            return False
        node = parent
    return False


def _is_harmless(statement: Node) -> bool:
    """Whether a statement does nothing but leave: `return body["id"]` can raise, `return None` can't."""
    if statement.kind == "return_statement":
        return all(value.kind in _PLAIN for value in statement.children)
    return statement.kind in _LEAVES


def _is_of(block: Node, handler: Node) -> bool:
    node: Node | None = block
    while node is not None and node.kind not in ("function_definition", "lambda", "class_definition"):
        node = node.parent
    return node == handler


def _returned(call: PdCall) -> Fix:
    start = call.node.range.start
    return Fix("Return it", (TextEdit(TextRange(start, start), "return "),), is_preferred=True)


RULE = Rule("exit-without-return", "warning", _find)
