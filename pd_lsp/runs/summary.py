"""What came of a run in words, for a terminal and for the log of an editor."""

import json
from typing import TYPE_CHECKING

from pd_lsp.runs.tree import Trees

if TYPE_CHECKING:
    from pd_lsp.execution.result import StepResult


def summary(result: "StepResult", rest: str = "--json prints the whole of it") -> str:
    """What came of a run, for a person to read, and `rest` where it is cut. Notices were shown as they came."""
    lines = [f"The step {result.outcome} after {result.duration:.2f} s."]
    if result.error:
        lines.insert(0, (result.error.traceback or f"{result.error.type}: {result.error.message}").rstrip())
    if not (result.stderr if result.error else result.stdout).endswith("\n") and (result.stderr or result.stdout):
        lines.insert(0, "")
    for asked, how in result.flow.items():
        lines.append(f"pd.flow.{asked} {json.dumps(how, ensure_ascii=False)}")
    trees = Trees()
    for name, value in [*result.exports.items(), ("$return_value", result.returned), ("response", result.response)]:
        if value is not None or name in result.exports:
            lines += trees.lines(name, value)
    if trees.is_cut:
        lines.append(f"Some of it is cut here: {rest}.")
    return "\n".join(lines)
