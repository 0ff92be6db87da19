"""`pd.send`: the e-mail to the account's owner is shown, not sent (docs/platform.md, section 1.2)."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Callable, NoReturn

    from pd_lsp.runner.record import Record

_OF_NODE = ("emit", "http", "s3", "sse")


class Send:
    """Shows what would be sent."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def email(self, subject: Any = "", text: Any = "", html: Any = "") -> None:
        """Shows the e-mail. As on the platform, an empty `html` hides `text`."""
        self._record.notice(
            f"Not sent, as this is a local run: an e-mail to you, subject {subject!r}: {html or text or ''}"
        )
        if text and html == "":
            self._record.notice("pd.send.email hides text when html is empty: pass html=None to send text alone.")

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        if name not in _OF_NODE:
            raise AttributeError(f"pd.send has no member {name!r}: in Python it has email.")

        def refuse(*_arguments: Any, **_options: Any) -> NoReturn:
            raise NotImplementedError(
                f"pd.send.{name} is not supported locally: use requests, or the app's own library."
            )

        return refuse
