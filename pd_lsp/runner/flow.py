"""`pd.flow`: what a step asks of its workflow, kept as in the builder's test mode (docs/platform.md, section 1.6)."""

from __future__ import annotations

import os

from pd_lsp.runner.json_value import as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from pd_lsp.runner.record import Record

ONE_DAY = 86_400_000
LONGEST_DELAY = 365 * ONE_DAY
"""Milliseconds: one year."""

NOT_IN_TEST = "Workflow execution canceled — this may be due to pd.flow.suspend() usage (not supported in test)"


class Flow:
    """Ends, delays, suspends or repeats; a local run does none of it and shows what was asked."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def exit(self, reason: Any = None) -> None:
        """Ends the workflow once this step has run to its end; `return pd.flow.exit()` ends the step too."""
        if reason is not None and not isinstance(reason, str):
            self._record.notice(f"The reason of pd.flow.exit is a string; it got {type(reason).__name__}.")
            reason = str(reason)
        self._record.flow["exit"] = {"reason": reason}

    def delay(self, ms: float) -> dict[str, str]:
        """Pauses the workflow after this step, for 1 ms to a year."""
        self._record.flow["delay"] = {"ms": _milliseconds(ms, "delay")}
        return _urls()

    def suspend(self, timeout_ms: float = ONE_DAY) -> dict[str, str]:
        """Pauses the workflow until somebody calls `resume_url`."""
        self._record.flow["suspend"] = {"timeout_ms": _milliseconds(timeout_ms, "suspend")}
        self._record.notice(NOT_IN_TEST)
        return _urls()

    def rerun(self, delay_ms: float, context: Any = None, max_retries: int = 10) -> dict[str, str]:
        """Runs this step again later, with `context` in `pd.context["run"]["context"]`."""
        self._record.flow["rerun"] = {
            "delay_ms": _milliseconds(delay_ms, "rerun"),
            "context": as_json(context, "context"),
            "max_retries": as_json(max_retries, "max_retries"),
        }
        self._record.notice(NOT_IN_TEST)
        return _urls()

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"pd.flow has no member {name!r}: it has exit, delay, suspend and rerun.")


def _milliseconds(value: Any, member: str) -> Any:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 1 <= value <= LONGEST_DELAY:
        raise ValueError(f"pd.flow.{member} takes milliseconds, from 1 to {LONGEST_DELAY} (one year), not {value!r}.")
    return value


def _urls() -> dict[str, str]:
    """Addresses of the right shape that lead nowhere: `.invalid` is reserved for that."""
    run = os.urandom(8).hex()
    return {name: f"https://pipedream.invalid/local-run/{run}/{name[:-4]}" for name in ("resume_url", "cancel_url")}
