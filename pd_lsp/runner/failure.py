"""What a step raised, with the step's own lines and no others (D15)."""
# ruff: noqa: PLC0415 - a run waits for each import

from __future__ import annotations

import sys

from pd_lsp.runner.hints import hints_for

TYPE_CHECKING = False
if TYPE_CHECKING:
    import traceback
    from typing import Any

    from pd_lsp.runner.pd import Pipedream


def describe_failure(error: BaseException, file: str, pd: Pipedream) -> dict[str, Any]:
    """Type, message, traceback, line in the step, and sentences that help."""
    import traceback

    described = traceback.TracebackException(type(error), error, error.__traceback__)
    line = _line(error, described, file)
    _keep_own(described, file, set())
    return {
        "type": type(error).__name__,
        "message": _message(error),
        "traceback": "".join(described.format()),
        "line": line,
        "hints": hints_for(error, _quoted(described), pd),
    }


def _message(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return str(error.msg)
    try:
        return str(error)
    except Exception:  # noqa: BLE001 - whatever a step raises is its result
        return "(the exception can't be shown as text)"


def _line(error: BaseException, described: traceback.TracebackException, file: str) -> int | None:
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    own = [frame.lineno for frame in described.stack if frame.filename == file]
    return own[-1] if own else None


def _quoted(described: traceback.TracebackException) -> str:
    """The step's line that raised."""
    return (described.stack[-1].line or "") if described.stack else ""


def _keep_own(described: traceback.TracebackException | None, file: str, seen: set[int]) -> None:
    """Drops every frame that is not the step's, also of the exceptions it came from."""
    if described is None or id(described) in seen:
        return
    seen.add(id(described))
    described.stack[:] = [frame for frame in described.stack if frame.filename == file]
    if not described.stack and sys.version_info >= (3, 10):  # older ones fail without a stack
        described.stack = None  # type: ignore[assignment] # no heading without frames
    for other in (described.__cause__, described.__context__, *(getattr(described, "exceptions", None) or ())):
        _keep_own(other, file, seen)
