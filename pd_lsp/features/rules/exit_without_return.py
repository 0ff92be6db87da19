"""`pd.flow.exit()` with code behind it that runs all the same.

`pd.flow.exit()` ends the workflow only when this step has run to its end (docs/platform.md, section 1.6): the lines
behind the call still run, often with values that are missing. `return pd.flow.exit(…)` stops at once. Nothing is said
where the lines behind only log, or return something that can't go wrong.

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

import re
from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.statements import BLOCKS, function_around, running_handler
from pd_lsp.syntax.pd_calls import PdCall, pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_LEAVES = ("raise_statement", "continue_statement", "break_statement")
_LOGS = re.compile(r"print|(?:_?log\w*|LOG\w*)\.\w+")
_MAY_RAISE = """
[
  (subscript) (attribute) (binary_operator) (await) (comparison_operator)
  (call function: (_) @function (#not-match? @function "^(len|str|bool|repr|list)$"))
] @found
"""
_BRANCHES = (
    "if_statement",
    "elif_clause",
    "else_clause",
    "with_statement",
    "match_statement",
    "case_clause",
    "except_clause",
    "try_statement",
)
"""What code comes out of at its end to what stands behind; not `finally`, where a `return` would hide an error."""


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    handler = running_handler(snapshot.tree) if ".exit" in snapshot.text else None
    if handler is None:
        return
    for call in pd_calls(snapshot.tree, "flow.exit"):
        statement = call.node.parent
        if statement and statement.kind == "expression_statement" and _goes_on(statement, handler):
            yield Finding(
                call.node.range,
                "The lines below run all the same: the workflow ends only after this step. Return it to stop here.",
                (_returned(call),),
            )


def _goes_on(statement: Node, handler: Node) -> bool:
    """Whether code of the handler itself runs behind `statement`; False wherever that is not certain, or is meant."""
    if function_around(statement) != handler or _leaves_itself(statement, handler):
        return False
    node = statement
    while (parent := node.parent) is not None:
        if parent.kind in BLOCKS and node.kind != "case_clause":
            behind = next(_behind(parent, node), None)
            if behind is not None:
                return not _leaves(behind)
        elif parent.kind not in (*_BRANCHES, *BLOCKS):
            return False
        node = parent
    return False


def _behind(block: Node, statement: Node) -> Iterator[Node]:
    """The statements of a block behind one of them that do more than log."""
    for other in block.children_from(statement.range.end):
        if other.range.start >= statement.range.end and not _only_logs(other):
            yield other


def _leaves_itself(statement: Node, handler: Node) -> bool:
    """Whether the branch that ends the workflow leaves the handler by itself, at its own end."""
    block = statement.parent
    if block is None or block == handler.field("body"):
        return False
    return any(other.kind in ("return_statement", "raise_statement") for other in _behind(block, statement))


def _only_logs(statement: Node) -> bool:
    if statement.kind in ("comment", "pass_statement"):
        return True
    call = statement.children[0] if statement.kind == "expression_statement" and statement.children else None
    function = call.field("function") if call and call.kind == "call" else None
    if call is None or function is None or not _LOGS.fullmatch(function.text):
        return False
    return not any(map(_may_raise, arguments(call)))


def _leaves(statement: Node) -> bool:
    """Whether a statement does nothing but leave: `return body["id"]` can raise, `return None` can't."""
    if statement.kind == "return_statement":
        return not _may_raise(statement)
    return statement.kind in _LEAVES or statement.text.startswith(("sys.exit(", "exit(", "quit("))


def _may_raise(node: Node) -> bool:
    return next(node.matches(_MAY_RAISE), None) is not None


def _returned(call: PdCall) -> Fix:
    start = call.node.range.start
    return Fix("Return it", (TextEdit(TextRange(start, start), "return "),), is_preferred=True)


RULE = Rule("exit-without-return", "warning", _find)
