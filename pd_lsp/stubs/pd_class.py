"""What every step's `pd` has beside its props and steps (docs/platform.md, sections 1.2 to 1.8), as stub text.

Nobody has documented what calls such as `pd.flow.exit` return: `Any`, so that `return pd.flow.exit("…")` is right.
"""

from pd_lsp.stubs.python_type import ANYTHING, TEXT, Plain, Record

CONTEXT = Record(
    "_Context",
    (
        (
            "run",
            Record(
                "_Run", (("callback_request", ANYTHING), ("context", ANYTHING), ("runs", Plain("int"))), is_open=True
            ),
        ),
    ),
    is_open=True,
)
PAUSE = Record("_Pause", (("cancel_url", TEXT), ("resume_url", TEXT)), is_open=False)

CLASSES = '''\
class _DataStore:
    """A data store. A key that is missing raises TypeError; what is read is a copy."""

    def __getitem__(self, key: str, /) -> Any: ...
    def __setitem__(self, key: str, value: Any, /) -> None: ...
    def __delitem__(self, key: str, /) -> None: ...
    def __contains__(self, key: object, /) -> bool: ...
    def get(self, key: str, default: Any = ...) -> Any: ...
    def set(self, key: str, value: Any, ttl: float | None = ...) -> Any: ...
    def set_ttl(self, key: str, ttl: float | None = ...) -> Any: ...
    def keys(self) -> Iterable[str]: ...
    def items(self) -> Iterable[tuple[str, Any]]: ...
    def clear(self) -> Any: ...

class _Flow:
    def exit(self, reason: str | None = ...) -> Any:
        """Ends the workflow after this step has run to its end: return it to stop at once."""

    def delay(self, ms: float) -> _Pause:
        """Pauses the workflow after this step, from a millisecond to a year."""

    def suspend(self, timeout_ms: float = ...) -> _Pause:
        """Pauses until resume_url is called."""

    def rerun(self, delay_ms: float, context: Any = ..., max_retries: int = ...) -> _Pause:
        """Runs this step again later."""

class _Send:
    def email(self, subject: str = ..., text: str = ..., html: str | None = ...) -> Any:
        """Sends the owner of the workflow an e-mail; pass html=None where text should be shown."""

class pipedream:
    """The argument of a step's handler."""

    @property
    def inputs(self) -> _Inputs: ...
    @property
    def steps(self) -> _Steps: ...
    @property
    def context(self) -> _Context: ...
    @property
    def flow(self) -> _Flow: ...
    @property
    def send(self) -> _Send: ...
    def export(self, name: str, value: Any) -> Any:
        """Gives later steps a value of JSON."""

    def respond(self, response: Mapping[str, Any]) -> Any:
        """Answers an HTTP trigger, when the workflow ends."""
'''
