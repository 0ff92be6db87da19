"""Tells a run as a result: what its outcome is, and which sentence goes with it."""

import os

from pd_lsp.execution.exit_status import how_it_crashed, name_of
from pd_lsp.execution.messages import Failure, Finished
from pd_lsp.execution.output import shorten
from pd_lsp.execution.result import Outcome, StepError, StepResult
from pd_lsp.execution.story import Story
from pd_lsp.execution.supervisor import frames
from pd_lsp.model import Json


def verdict(story: Story) -> StepResult:
    """The result of a run that is over, redacted."""
    outcome, error = _outcome(story)
    stdout, stderr = story.stdout.end(), story.stderr.end()
    _notice_what_was_left(story)
    _notice_size(story)
    finished = _redacted(story.finished if story.finished and not story.problem else Finished(), story)
    return StepResult(
        outcome=outcome,
        exports=finished.exports,
        returned=finished.returned,
        response=finished.response,
        flow=finished.flow,
        error=error,
        notices=tuple(story.audience.notices),
        stdout=stdout,
        stderr=stderr,
        duration=story.seconds,
    )


def _outcome(story: Story) -> tuple[Outcome, StepError | None]:
    status, why, _ = story.ended or (0, b"", 0)
    if story.not_started:
        return "not started", StepError("NotStarted", _not_started(story))
    if story.not_held:
        return "not started", StepError("NotStarted", _not_held(story))
    if story.finished and not story.problem and (story.finished_freely or why == frames.BY_ITSELF):
        return _finished(story.finished.error, story)
    if why == frames.BY_CANCEL or (story.stop_asked and why != frames.BY_TIME_LIMIT):
        return "cancelled", StepError("Cancelled", "The run was cancelled before the step came to its end.")
    if why == frames.BY_PROCESSES:
        return "crashed", StepError("Crashed", "The step started more than 256 processes, and was ended: start fewer.")
    if why == frames.BY_TIME_LIMIT:
        return "timed out", StepError("Timeout", _timed_out(story))
    if not story.begun and story.ended is not None:
        return "not started", StepError("NotStarted", _crashed(status, story))
    if story.problem:
        return "crashed", StepError("Crashed", f"{story.problem} Its result can't be trusted: run it again.")
    if story.request.debugger and story.begun and status == 0:  # how debugpy ends a process
        return "cancelled", StepError("Cancelled", "The step was ended by its debugger before it came to its end.")
    return "crashed", StepError("Crashed", _crashed(status, story))


def _finished(failure: Failure | None, story: Story) -> tuple[Outcome, StepError | None]:
    if failure is None:
        return "succeeded", None
    redact = story.request.redactor.redact
    kind, message, traceback = (shorten(redact(text)) for text in (failure.type, failure.message, failure.traceback))
    return "raised", StepError(kind, message, traceback, failure.line)


def _redacted(finished: Finished, story: Story) -> Finished:
    redact = story.request.redactor.redact_json
    return Finished(
        _object(redact(finished.exports)),
        redact(finished.returned),
        redact(finished.response),
        _object(redact(finished.flow)),
    )


def _object(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _notice_what_was_left(story: Story) -> None:
    _, why, left = story.ended or (0, b"", 0)
    if story.finished_freely and why != frames.BY_ITSELF:
        story.notice("The handler had come to its end, but a thread it started went on: it was ended with the run.")
    elif why == frames.BY_ITSELF and left:
        story.notice(f"The step left {left} running process{'es' if left > 1 else ''} behind: nothing outlives a run.")


def _notice_size(story: Story) -> None:
    """On the platform logs, exports and event have one limit together (docs/platform.md, section 1.9)."""
    size = story.printed + story.told + story.given
    if size > story.request.size_limit:
        story.notice(
            f"Logs, exports and event have {size / 1024 / 1024:.1f} MB together: the platform allows 6 MB, and would "
            "end the workflow with “Function Payload Limit Exceeded”. Print and return less."
        )


def _not_started(story: Story) -> str:
    return (
        f"{story.request.interpreter} could not be started ({os.strerror(story.not_started)}): "
        "choose a Python interpreter that works on this machine."
    )


def _not_held(story: Story) -> str:
    return (
        f"Windows does not let pd-lsp hold the processes of a run together ({os.strerror(story.not_held)}), without "
        "which some could outlive it: start the editor outside the program that keeps it in a job of its own."
    )


def _timed_out(story: Story) -> str:
    return (
        f"The step did not come to its end within {story.request.time_limit:g} s: make it faster, or raise the "
        "workflow's time limit."
    )


def _crashed(status: int, story: Story) -> str:
    if story.ended is None:
        return "The process that watches over the step was ended from outside, and the step with it: run it again."
    if not story.begun:
        return (
            f"{story.request.interpreter} ended with {name_of(status)} before the step began: "
            "choose a Python interpreter, 3.8 or newer, that works on this machine."
        )
    if status == _UNHEARD:
        return "The step has closed the descriptor that its result goes through: close only what the step has opened."
    if how := how_it_crashed(status):
        return f"The step's Python was ended by {how}."
    return (
        f"The step ended its own Python with {name_of(status)} before the handler came to its end "
        "(os._exit, or a library that does it): use `return` instead."
    )


_UNHEARD = 74
"""The exit status of a runner that can't be heard any more; `pd_lsp.runner.channel` has it too."""
