"""`pip install` out of the code.

Pipedream installs what a step imports, and what a comment asks for (docs/platform.md, section 1.7), before the step
runs. An installation by the step itself takes its time again in every run. One into a
folder of the step's own (`--target`) is left alone.

Wrong:

    import os

    def handler(pd: "pipedream"):
        os.system("pip install slack_sdk")
        return 1

Right:

    # pipedream add-package slack_sdk

    def handler(pd: "pipedream"):
        return 1
"""

import re
from collections.abc import Iterator

from pd_lsp.features.rules.arguments import positional
from pd_lsp.features.rules.meanings import calls_of
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.statements import is_in_main_guard
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node

_STARTERS = ("run", "call", "check_call", "check_output", "Popen", "getoutput")
_CALLS = ("os.system", "os.popen", *(f"subprocess.{name}" for name in _STARTERS))
_COMMAND = re.compile(r"\bpip\d?(\.\d+)? install\b(?!.*(--target|-t |--user|--prefix))")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if "pip" not in snapshot.text or "install" not in snapshot.text:
        return
    for _, call in calls_of(snapshot.tree, *_CALLS):
        given = positional(call)
        if given and _COMMAND.search(_command(given[0])) and not is_in_main_guard(call):
            yield Finding(call.range, "Ask for the package by a comment at the top: # pipedream add-package NAME.")


def _command(node: Node) -> str:
    """A command, as far as literals say it."""
    if node.kind == "list":
        return " ".join(string_value(item.text) or "…" for item in node.children)
    return (string_value(node.text) or "") if node.kind == "string" else ""


RULE = Rule("pip-install", "warning", _find)
