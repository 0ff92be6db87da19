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

from pd_lsp.features.rules.arguments import arguments
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.statements import BLOCKS, function_around, running_handler
from pd_lsp.syntax.pd_calls import PdCall, pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_LEAVES = ("raise_statement", "continue_statement", "break_statement")
_PLAIN = ("none", "true", "false", "integer", "string", "identifier")
_EMPTY = ("dictionary", "list", "tuple")
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
    """Whether code of the handler itself runs behind `statement`; False wherever that is not certain."""
    if function_around(statement) != handler:
        return False
    node = statement
    while (parent := node.parent) is not None:
        if parent.kind in BLOCKS and node.kind != "case_clause":
            behind = next((one for one in parent.children_from(node.range.end) if _does(one, node)), None)
            if behind is not None:
                return not _leaves(behind)
        elif parent.kind not in (*_BRANCHES, *BLOCKS):
            return False
        node = parent
    return False


def _does(statement: Node, before: Node) -> bool:
    """Whether a statement behind another does more than say a fixed text."""
    if statement.range.start < before.range.end or statement.kind in ("comment", "pass_statement"):
        return False
    call = statement.children[0] if statement.kind == "expression_statement" and statement.children else None
    function = call.field("function") if call and call.kind == "call" else None
    return not (call and function and function.text == "print" and all(one.kind in _PLAIN for one in arguments(call)))


def _leaves(statement: Node) -> bool:
    """Whether a statement does nothing but leave: `return body["id"]` can raise, `return None` can't."""
    if statement.kind == "return_statement":
        return all(one.kind in _PLAIN or (one.kind in _EMPTY and not one.children) for one in statement.children)
    return statement.kind in _LEAVES or statement.text.startswith(("sys.exit(", "exit(", "quit("))


def _returned(call: PdCall) -> Fix:
    start = call.node.range.start
    return Fix("Return it", (TextEdit(TextRange(start, start), "return "),), is_preferred=True)


RULE = Rule("exit-without-return", "warning", _find)
