"""What happens in one run, frame by frame, until it can be told as a result."""

import time

from pd_lsp.execution.messages import Finished, MessageError, Messages, Said, Started
from pd_lsp.execution.output import Audience, OutputStream, shorten
from pd_lsp.execution.request import StepRequest
from pd_lsp.execution.result import Notice
from pd_lsp.execution.supervisor import frames


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
        self.not_started = 0
        """The system's number of the error that kept the interpreter from starting."""
        self.begun = False
        """Whether the runner has read its request."""
        self.finished: Finished | None = None
        self.finished_freely = False
        """Whether the handler came to its end before anybody or the time limit asked it to."""
        self.problem = ""
        """What was wrong with what the runner said."""
        self.ended: tuple[int, bytes, int] | None = None
        """Exit status, why, and how many processes were left; None as long as the supervisor has not said it."""
        self._messages = Messages(nonce)
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has gone on."""
        return time.monotonic() - self._began

    def take(self, kind: bytes, content: bytes) -> None:
        """Takes one frame."""
        match kind:
            case frames.STDOUT:
                self.stdout.feed(content)
            case frames.STDERR:
                self.stderr.feed(content)
            case frames.MESSAGE if not self.problem:
                self._listen(content)
            case frames.NOT_STARTED:
                self.not_started = int(content)
            case frames.ENDED:
                status, why, left = content.split()
                self.ended = int(status), why, int(left)

    def notice(self, text: str) -> None:
        """Tells the person something, redacted."""
        self.audience.hear(Notice(shorten(self.request.redactor.redact(text))))

    def _listen(self, content: bytes) -> None:
        try:
            messages = self._messages.feed(content)
        except MessageError as error:
            self.problem = str(error)
            return
        for message in messages:
            match message:
                case Started():
                    self.begun = True
                case Said(text):
                    self.notice(text)
                case Finished() if self.finished is None:
                    self.finished = message
                    self.finished_freely = not self.stop_asked and self.seconds < self.request.time_limit
