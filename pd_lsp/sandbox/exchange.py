"""One request that reached the sandbox, and one answer to it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asked: the host it meant, and the rest as HTTP has it. Header names are in lower case."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path, without the query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters; of several with one name the last."""
        return {
            name: values[-1] for name, values in parse_qs(urlsplit(self.target).query, keep_blank_values=True).items()
        }

    @property
    def bearer(self) -> str:
        """The token of an `Authorization: Bearer`, or nothing."""
        scheme, _, token = self.headers.get("authorization", "").partition(" ")
        return token.strip() if scheme.lower() == "bearer" else ""

    def fields(self) -> dict[str, Any]:
        """The body as JSON or as a form, by its type; empty where it is neither."""
        text = self.body.decode("utf-8", "replace")
        if "application/x-www-form-urlencoded" in self.headers.get("content-type", ""):
            return {name: values[-1] for name, values in parse_qs(text).items()}
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            return {}
        return document if isinstance(document, dict) else {}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a JSON document, and headers beside the usual ones."""

    status: int
    document: Any
    headers: Mapping[str, str] = field(default_factory=dict)
