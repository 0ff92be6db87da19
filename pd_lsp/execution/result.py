"""What a run says while it goes on, and what came of it. All text in here is redacted."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypeAlias, get_args

from pd_lsp.model import Json

Stream: TypeAlias = Literal["stdout", "stderr"]
Outcome: TypeAlias = Literal["succeeded", "raised", "cancelled", "timed out", "crashed", "not started"]


@dataclass(frozen=True, slots=True)
class Output:
    """A piece of what the step prints, cut anywhere, 64 kB at most."""

    stream: Stream
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence of ours about the run."""

    text: str


StepEvent: TypeAlias = Output | Notice


@dataclass(frozen=True, slots=True)
class StepError:
    """Why a run did not succeed."""

    type: str
    """The exception's name, or the platform's word for the failure (docs/platform.md, section 1.9)."""
    message: str
    traceback: str = ""
    """The step's own lines, and no others; empty where none raised."""
    line: int | None = None
    """The line of the step's file that raised, counted from 1."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """What came of a run."""

    outcome: Outcome
    exports: dict[str, Json] = field(default_factory=dict)
    returned: Json = None
    response: Json = None
    flow: dict[str, Json] = field(default_factory=dict)
    """What the step asked of its workflow, of which a local run does nothing: `exit` with `reason`, `delay` with `ms`,
    `suspend` with `timeout_ms`, `rerun` with `delay_ms`, `context` and `max_retries`."""
    error: StepError | None = None
    notices: tuple[str, ...] = ()
    stdout: str = ""
    """What was printed, or the first and the last half of 1 MB of it."""
    stderr: str = ""
    duration: float = 0.0
    """Seconds."""

    @property
    def outputs(self) -> dict[str, Json]:
        """What the step gives on, redacted: `$return_value`, if it returned anything, and exports."""
        return {**self.exports, **({} if self.returned is None else {"$return_value": self.returned})}

    @property
    def ok(self) -> bool:
        """Whether the handler ran to its end."""
        return self.outcome == "succeeded"

    def to_json(self) -> dict[str, Any]:
        """The result as a JSON object: `ok`, and the fields of this class under their names."""
        return {"ok": self.ok, **asdict(self), "notices": list(self.notices)}


def result_from(document: Mapping[str, Any]) -> StepResult | None:
    """The result that `to_json` made this document of; None for one that it did not make."""
    match document:
        case {
            "outcome": outcome,
            "exports": dict(exports),
            "returned": returned,
            "response": response,
            "flow": dict(flow),
            "error": None | dict() as error,
            "notices": list(notices),
            "stdout": str(stdout),
            "stderr": str(stderr),
            "duration": int() | float() as duration,
        } if outcome in get_args(Outcome) and all(isinstance(notice, str) for notice in notices):
            failed = _error_from(error) if error is not None else None
            if (error is None) == (failed is None):
                return StepResult(
                    outcome, exports, returned, response, flow, failed, tuple(notices), stdout, stderr, duration
                )
    return None


def _error_from(document: Mapping[str, Any]) -> StepError | None:
    match document:
        case {"type": str(kind), "message": str(message), "traceback": str(traceback), "line": int() | None as line}:
            return StepError(kind, message, traceback, line)
    return None
