"""Runs in an editor that knows LSP and nothing of pd-lsp: started by a code action, and told of in words."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.execution.result import StepResult
from pd_lsp.features.runnables import runnables
from pd_lsp.runs.consent import one_line
from pd_lsp.runs.summary import summary
from pd_lsp.server import convert

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer
    from pd_lsp.syntax.snapshot import Snapshot

_RUN, _STOP = "Run step", "Stop step"
"""Letters alone: in some editors a person chooses an action by typing its title."""
_KIND = lsp.CodeActionKind.Source
"""Of the kinds of the specification the one that is neither a repair nor a change of the code."""


def run_actions(server: "PdLanguageServer", uri: str, snapshot: "Snapshot") -> list[lsp.CodeAction]:
    """To run the step, or to stop it while it runs; nothing for a plugin of ours, which has its own ways to that."""
    if server.speaks_pd:
        return []
    if server.runs.is_running(uri):
        return [_action(_STOP, convert.STOP_RUN, {"uri": uri})]
    return [_action(_RUN, convert.RUN_STEP, without_waiting(uri)) for found in runnables(snapshot) if found.runs]


def without_waiting(uri: str) -> dict[str, Any]:
    """The argument of a run whose result comes in messages: many an editor stands still until a command is answered."""
    return {"uri": uri, "handler": "handler", "wait": False}


def waits(argument: Mapping[str, Any]) -> bool:
    """Whether the answer to a command that runs a step is to be its result."""
    return argument.get("wait") is not False


def tell_result(server: "PdLanguageServer", name: str, file: Path, result: StepResult) -> None:
    """Tells the person what came of a run, in a sentence, and all of it in the log."""
    if server.speaks_pd:
        return
    whole = summary(result, f"`pd-lsp runs show {file} --json` prints the whole of it")
    kind = lsp.MessageType.Error if result.error else lsp.MessageType.Info
    server.window_log_message(lsp.LogMessageParams(type=kind, message=whole))
    server.say(f"{one_line(name)} {result.outcome} after {result.duration:.2f} s{_came_of_it(result)}", kind)


def _came_of_it(result: StepResult) -> str:
    if result.error:
        where = f" (line {result.error.line})" if result.error.line else ""
        return f": {one_line(f'{result.error.type}: {result.error.message}')}{where}"
    return f": {one_line(json.dumps(result.returned, ensure_ascii=False))}" if result.returned is not None else "."


def _action(title: str, command: str, argument: dict[str, Any]) -> lsp.CodeAction:
    return lsp.CodeAction(title, kind=_KIND, command=lsp.Command(title=title, command=command, arguments=[argument]))
