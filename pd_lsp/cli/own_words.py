"""What comes to standard error of its own accord, in our words: no text of an exception from elsewhere (D15, D16).

That can quote anything: an address with its password, a header, a line of a file.
"""

import logging
import sys
import threading


def speak_in_own_words() -> None:
    """From now on logs, threads, tasks and what nobody has caught tell kind and place of a mistake."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OwnWords())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    logging.raiseExceptions = False  # a handler that fails would print the message as it is
    sys.excepthook = lambda _kind, error, _trace: _complain(error)
    threading.excepthook = lambda told: _complain(told.exc_value)
    sys.unraisablehook = lambda told: _complain(told.exc_value)


def told(error: BaseException) -> str:
    """A sentence about a mistake of ours."""
    return f"pd-lsp made a mistake ({_kind_and_place(error)}). Please report it."


class _OwnWords(logging.Formatter):
    """Our own messages as they are; of anybody else's only that there is one, and where it was made."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        is_ours = record.name.partition(".")[0] == "pd_lsp"
        text = record.getMessage() if is_ours else f"a message from {record.filename}:{record.lineno} is left out"
        error = record.exc_info[1] if record.exc_info else None
        kind = f" ({_kind_and_place(error)})" if error else ""
        return f"{record.levelname} {record.name}: {text}{kind}"


def _complain(error: BaseException | None) -> None:
    if error is not None and sys.stderr is not None:
        print(f"pd-lsp: {told(error)}", file=sys.stderr)


def _kind_and_place(error: BaseException) -> str:
    """As the server says it; nothing is imported for it, because Python may be about to end."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    file = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2] if trace else ""
    return f"{type(error).__name__} in {file}:{trace.tb_lineno}" if trace else type(error).__name__
