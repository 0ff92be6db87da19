"""A member that `pd` does not have.

What people look for in `pd` because another tool, the Node SDK or a chat bot has it (docs/platform.md, sections 1.2 and
11.6): reading it raises `AttributeError`. Only names that are known to be missing are found, so that a member which
nobody has documented is left alone.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.env["API_KEY"])

Wrong:

    def handler(pd: "pipedream"):
        pd.flow.set("total", 3)

Right:

    import os


    def handler(pd: "pipedream"):
        pd.export("total", 3)
        return len(os.environ["API_KEY"])
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

from pd_lsp.features.rules.environment_fix import environment_fixes
from pd_lsp.features.rules.guards import is_caught
from pd_lsp.features.rules.key_fix import quoted
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit, TextRange

_Path: TypeAlias = tuple[str, ...]

_ENVIRONMENT: frozenset[_Path] = frozenset({("env",), ("environ",), ("secrets",)})
_KEEP = "export a value for later steps with pd.export, or keep it for later runs in a data store."
_NODE = "only steps in Node have it."
_SAID: dict[_Path, str] = {
    **dict.fromkeys(_ENVIRONMENT, "environment variables are in os.environ."),
    ("data_store",): "a data store is in pd.inputs, by the name of its prop.",
    ("data_stores",): "a data store is in pd.inputs, by the name of its prop.",
    ("auth",): 'the keys of an account are in pd.inputs[app]["$auth"].',
    ("get",): "accounts are in pd.inputs, what earlier steps gave on in pd.steps.",
    ("set",): _KEEP,
    ("flow", "set"): _KEEP,
    ("flow", "get"): _KEEP,
    ("flow", "retry"): "use pd.flow.rerun.",
    ("flow", "end"): "use pd.flow.exit.",
    ("flow", "stop"): "use pd.flow.exit.",
    ("db",): _NODE,
    ("files",): "only steps in Node have it; a step in Python has the folder /tmp.",
    ("service",): _NODE,
    ("http",): "import requests, or another library.",
    ("trigger",): 'it is pd.steps["trigger"].',
    ("event",): 'it is pd.steps["trigger"]["event"].',
    ("input",): "it is called pd.inputs.",
    ("step",): "it is called pd.steps.",
    ("exports",): "it is called pd.export.",
}
_RENAMED: dict[_Path, str] = {
    ("flow", "retry"): "rerun",
    ("flow", "end"): "exit",
    ("flow", "stop"): "exit",
    ("input",): "inputs",
    ("step",): "steps",
    ("exports",): "export",
}
_BELOW: dict[_Path, _Path] = {("trigger",): ("steps", "trigger"), ("event",): ("steps", "trigger", "event")}
_GOES_ON = ("subscript", "attribute", "call")
"""What stands around a name that is not being typed any more."""


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    uses = pd_uses(snapshot.tree)
    given = {use.path for use in uses if use.path in _SAID and _is_given(use)}
    for use in uses:
        said = _SAID.get(use.path) if use.read_by == "attribute" and use.path not in given else None
        around = use.node.parent
        if said is None or around is None or (use.path in _RENAMED and around.kind not in _GOES_ON):
            continue
        if not _is_asked_for(snapshot, use.path[-1]) and not is_caught(use.node, "AttributeError"):
            yield Finding(use.key, f"pd has no {'.'.join(use.path)}: {said}", _fixes(snapshot, use))


def _is_given(use: PdUse) -> bool:
    """Whether the step itself gives `pd` that member."""
    parent = use.node.parent
    return parent is not None and parent.field("left") == use.node


def _is_asked_for(snapshot: Snapshot, name: str) -> bool:
    return re.search(rf"(has|get|set)attr\(\s*[\w.]+\s*,\s*[\"']{name}[\"']", snapshot.text) is not None


def _fixes(snapshot: Snapshot, use: PdUse) -> tuple[Fix, ...]:
    if use.path in _ENVIRONMENT:
        return environment_fixes(snapshot, use.node)
    if use.path in _RENAMED:
        name = _RENAMED[use.path]
        return (Fix(f"Change to {name}", (TextEdit(use.key, name),), is_preferred=True),)
    member, *keys = _BELOW.get(use.path) or _store(snapshot, use.path) or ("",)
    if not member:
        return ()
    written = member + "".join(f"[{quoted(key, use.node)}]" for key in keys)
    end = TextRange(use.key.start, use.node.range.end)
    return (Fix(f"Change to pd.{written}", (TextEdit(end, written),), is_preferred=True),)


def _store(snapshot: Snapshot, path: _Path) -> _Path | None:
    """The one data store of the step, where that was looked for."""
    stores = snapshot.step.data_stores if snapshot.step else ("data_store",)
    return ("inputs", stores[0]) if path == ("data_store",) and len(stores) == 1 else None


RULE = Rule("unknown-member", "error", _find)
