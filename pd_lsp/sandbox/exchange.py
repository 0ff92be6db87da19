"""One request that reached the sandbox, and one answer to it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any
from urllib.parse import parse_qs, unquote


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked: the host it meant (none: the API itself), and the rest as HTTP has it.

    Header names are in lower case.
    """

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path as it was sent, without the query."""
        return self.target.partition("?")[0]

    @property
    def parts(self) -> list[str]:
        """The names between the slashes of the path, decoded; a slash at the end counts for nothing."""
        return [unquote(part) for part in self.path.rstrip("/").split("/")[1:]]

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters; of several with one name the last."""
        return _last(self.target.partition("?")[2])

    def all_of(self, name: str) -> list[str]:
        """All values of one parameter of the query, which may come several times, or as a list with commas."""
        return [part for value in _parsed(self.target.partition("?")[2]).get(name, []) for part in value.split(",")]

    @property
    def authorization(self) -> tuple[str, str]:
        """The scheme in lower case, and what it carries; both empty without the header."""
        scheme, _, carried = self.headers.get("authorization", "").partition(" ")
        return scheme.lower(), carried.strip()

    @property
    def bearer(self) -> str:
        """The token of an `Authorization: Bearer`, or nothing."""
        scheme, token = self.authorization
        return token if scheme == "bearer" else ""

    def json(self) -> Any:
        """The body as JSON; None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def fields(self) -> dict[str, Any]:
        """The body as a JSON object or as a form, by its type; empty where it is neither."""
        if "application/x-www-form-urlencoded" in self.headers.get("content-type", ""):
            return dict(_last(self.body.decode("utf-8", "replace")))
        document = self.json()
        return document if isinstance(document, dict) else {}


class Delivery(Enum):
    """How an answer travels to its client."""

    WHOLE = auto()
    CUT = auto()
    """Half of the body, after a length that promises all of it; then the connection ends."""
    ENDLESS = auto()
    """The body again and again, until the client hangs up."""
    DROPPED = auto()
    """The connection ends before any byte."""
    RESET = auto()
    """As DROPPED, but as a connection ends whose other side has crashed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a JSON document (None: no body), headers beside the usual ones, and a reason other than the usual."""

    status: int
    document: Any
    headers: Mapping[str, str] = field(default_factory=dict)
    reason: str | None = None
    content: bytes | None = None
    """What is sent in place of the document."""
    delivery: Delivery = Delivery.WHOLE
    wait: Callable[[], None] | None = None
    """Returns when the answer may go."""

    def body(self) -> bytes:
        """What is sent."""
        if self.content is not None:
            return self.content
        return b"" if self.document is None else json.dumps(self.document).encode()


def _last(form: str) -> dict[str, str]:
    return {name: values[-1] for name, values in _parsed(form).items()}


def _parsed(form: str) -> dict[str, list[str]]:
    try:
        return parse_qs(form, keep_blank_values=True)
    except ValueError:  # more fields than the library reads
        return {}
