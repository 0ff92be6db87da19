"""What happens in one run, frame by frame, until it can be told as a result."""

import asyncio
import json
import math
import re
import time

from pd_lsp.execution.messages import DebuggerLeft, Finished, Message, MessageError, Messages, Said, Started
from pd_lsp.execution.output import Audience, OutputStream, shorten
from pd_lsp.execution.request import StepRequest
from pd_lsp.execution.result import Notice
from pd_lsp.execution.supervisor import frames

_ENDED = re.compile(rb"(-?\d{1,10}) (\w+) (\d{1,9})")


class Story:
    """Collects what the supervisor passes on."""

    def __init__(self, request: StepRequest, nonce: str, audience: Audience) -> None:
        """Begins the story; its clock runs from now."""
        self.request = request
        self.audience = audience
        self.stdout = OutputStream("stdout", request.redactor, audience)
        self.stderr = OutputStream("stderr", request.redactor, audience)
        self.stop_asked = False
        """Whether the person wants the run to end."""
        self.not_started = self.not_held = 0
        """The system's number of the error that kept the interpreter from starting, or a job from holding the run."""
        self.begun = False
        """Whether the runner has read its request."""
        self.finished: Finished | None = None
        self.finished_freely = False
        """Whether the handler came to its end before anybody or the time limit asked it to."""
        self.problem = ""
        """What was wrong with what the runner said."""
        self.ended: tuple[int, bytes, int] | None = None
        """Exit status, why, and how many processes were left; None as long as the supervisor has not said it."""
        self.printed = self.told = 0
        """Bytes that the step has printed, and that its messages have."""
        self.given = len(json.dumps(dict(request.steps)))
        """Bytes of the event and the results of earlier steps."""
        self.debugger_left = asyncio.Event()
        """Whether a debugger was there and is gone."""
        self._messages = Messages(nonce, request.size_limit)
        self._began = time.monotonic()
        self._limit_began = math.inf if request.debugger else self._began

    @property
    def seconds(self) -> float:
        """How long it has gone on."""
        return time.monotonic() - self._began

    def take(self, kind: bytes, content: bytes) -> None:
        """Takes one frame."""
        match kind:
            case frames.STDOUT:
                self.printed += len(content)
                self.stdout.feed(content)
            case frames.STDERR:
                self.printed += len(content)
                self.stderr.feed(content)
            case frames.MESSAGE if not self.problem:
                self.told += len(content)
                self._listen(content)
            case frames.NOT_STARTED if content.isdigit():
                self.not_started = int(content)
            case frames.NOT_HELD if content.isdigit():
                self.not_held = int(content)
            case frames.ENDED if ended := _ENDED.fullmatch(content):
                self.ended = int(ended[1]), ended[2], int(ended[3])

    def notice(self, text: str) -> None:
        """Tells the person something, redacted."""
        self.audience.hear(Notice(shorten(self.request.redactor.redact(text))))

    def _listen(self, content: bytes) -> None:
        try:
            for message in self._messages.feed(content):
                self._heard(message)
        except MessageError as error:
            self.problem = str(error)

    def _heard(self, message: Message) -> None:
        match message:
            case Started():
                self.begun = True
            case Said(text):
                self.notice(text)
            case DebuggerLeft() if self.request.debugger and not self.debugger_left.is_set():
                self._limit_began = time.monotonic()
                self.debugger_left.set()
            case Finished() if self.finished is None:
                self.finished = message
                within_limit = time.monotonic() - self._limit_began < self.request.time_limit
                self.finished_freely = not self.stop_asked and within_limit
