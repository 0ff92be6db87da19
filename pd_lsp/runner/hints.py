"""Sentences that say what to do about what a step raised."""

from __future__ import annotations

import errno
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Iterable

    from pd_lsp.runner.pd import Pipedream

_PLATFORM = (3, 12)
"""The Python of the platform (docs/platform.md, section 1.1)."""

_BY_KIND = (
    (EOFError, "A step has no standard input: read what you need from pd.steps, or from a file in /tmp."),
    (
        SystemExit,
        "The step called sys.exit(): use `return` to end it, `return pd.flow.exit(reason)` to end the workflow.",
    ),
    (MemoryError, "The step used more memory than this run allows: use less, or raise the workflow's memory limit."),
    (RecursionError, "A function calls itself without end: look at the lines that repeat in the traceback."),
)

_BY_NUMBER = {
    errno.EFBIG: "In a run no file may be larger than 2 GB, which is all that the platform has in /tmp: write less.",
    errno.ENOSPC: "The disk of this machine is full; the platform has 2 GB in /tmp: write less, or make room.",
}

_NO_INPUTS = (
    'nothing. pd-lsp gives a step the accounts whose names stand in it: write pd.inputs["the_app"] with the name as it '
    "is, or declare the prop in workflow.yaml"
)


def hints_for(error: BaseException, line: str, pd: Pipedream) -> list[str]:
    """What helps with `error`, raised by the step's own `line`; often nothing."""
    if isinstance(error, ModuleNotFoundError):
        return [_missing_module(error)]
    if isinstance(error, KeyError):
        return _missing_key(line, pd)
    if isinstance(error, SyntaxError) and sys.version_info[:2] < _PLATFORM:
        used = ".".join(map(str, sys.version_info[:2]))
        return [
            f"The platform runs Python 3.12, this run {used}: if the syntax is newer than that, choose another one."
        ]
    if isinstance(error, OSError) and error.errno in _BY_NUMBER:
        return [_BY_NUMBER[error.errno]]
    return [sentence for kind, sentence in _BY_KIND if isinstance(error, kind)]


def _missing_module(error: ModuleNotFoundError) -> str:
    name = (error.name or "that name").partition(".")[0]
    return (
        f"{sys.executable} has no module {name}: choose an interpreter that has it, or install it there. "
        "A module of your own can't be imported on the platform: put its code into the step, or import it here alone "
        "with --step-folder-on-path."
    )


def _missing_key(line: str, pd: Pipedream) -> list[str]:
    if "inputs" in line or "$auth" in line:
        found = [_described(name, value) for name, value in pd.inputs.items()]
        return [f"This run has in pd.inputs: {_list(found, _NO_INPUTS)}."]
    if "steps" in line:
        return [f"This run has in pd.steps: {_list(pd.steps, 'nothing, as no event was chosen')}."]
    return []


def _described(name: str, value: Any) -> str:
    return f"{name} (keys {', '.join(value['$auth'])})" if isinstance(value, dict) and "$auth" in value else name


def _list(names: Iterable[str], nothing: str) -> str:
    return ", ".join(names) or nothing
