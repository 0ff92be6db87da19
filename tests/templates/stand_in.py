"""Stands in for any app, through the listener of the sandbox, and says what requests carried of an account."""

import base64
import re
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, quote_plus, unquote

from pd_lsp.catalog import AppFacts, Placement
from pd_lsp.sandbox.certificates import CertificateAuthority
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.listener import Listener
from pd_lsp.templates.request import carries_secret

_PLAIN_JSON = {"Content-Type": "application/json"}
"""Some libraries read no JSON of another type, not even of one that names its encoding."""
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass
class StandIn:
    """Answers every request at every host with the same document, and keeps the request."""

    answers: list[Any] = field(default_factory=list)
    """The documents of the next requests; an empty object where there is none left."""
    requests: list[Request] = field(default_factory=list)

    def answer(self, request: Request) -> Answer:
        """The next answer."""
        self.requests.append(request)
        document = self.answers.pop(0) if self.answers else {}
        return document if isinstance(document, Answer) else Answer(200, document, _PLAIN_JSON)


@contextmanager
def standing_in() -> Iterator[tuple[StandIn, dict[str, str]]]:
    """A stand-in, and the variables that lead a step to it."""
    app, authority = StandIn(), CertificateAuthority()
    listener = Listener(0, app.answer, lambda _host: True, authority.context)
    serving = threading.Thread(target=listener.serve_forever, args=(0.02,), daemon=True)
    serving.start()
    proxy, certificate = f"http://{listener.authority}", str(authority.certificate)
    names = ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy")
    bundles = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "HTTPLIB2_CA_CERTS", "AWS_CA_BUNDLE")
    try:
        yield app, {**dict.fromkeys(names, proxy), **dict.fromkeys(bundles, certificate)}
    finally:
        listener.shutdown()
        listener.server_close()
        authority.close()


def put_in(template: str, values: Mapping[str, str]) -> str:
    """A text of the catalogue with the account's values in the place of its `{key}`."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), template)


def where_it_belongs(request: Request, facts: AppFacts, values: Mapping[str, str]) -> bool:
    """Whether a request carries the credentials exactly as the catalogue says, if it says anything."""
    placement = _known(facts)
    if placement is None:
        return True
    parts = {name: put_in(text, values) for name, text in placement.parts.items()}
    match placement.kind:
        case "header" | "headers":
            return all(request.headers.get(name.lower()) == value for name, value in parts.items())
        case "basic":
            pair = f"{parts['username']}:{parts['password']}"
            return request.authorization == ("basic", base64.b64encode(pair.encode()).decode())
        case "query":
            return all(request.query.get(name) == value for name, value in parts.items())
        case "body":
            return all(request.fields().get(name) == value for name, value in parts.items())
        case "path":
            return all(value.rstrip("/") in unquote(request.target) for value in parts.values())
        case _:
            return True


def elsewhere(request: Request, facts: AppFacts, values: Mapping[str, str]) -> list[str]:
    """The places where a request carries a secret beside the one that the catalogue names, for a message."""
    placement = _known(facts)
    kind = placement.kind if placement else None
    named = {name.lower() for name in placement.parts} if placement and kind in ("header", "headers") else set()
    allowed = named if kind in ("header", "headers") else {"authorization"} if kind in ("basic", None) else set()
    sent = {f"the header {name}": value for name, value in request.headers.items() if name not in allowed}
    if kind not in ("query", "path") and not carries_secret(facts):
        sent["the address"] = request.target
    if kind != "body":
        sent["the body"] = request.body.decode("latin-1")
    secrets = [values[key] for key in facts.secrets if key in values]
    return [place for place, text in sent.items() if any(_is_in(secret, text) for secret in secrets)]


def _known(facts: AppFacts) -> Placement | None:
    """The placement; None where the catalogue has no more than its kind, or nothing, so that a template guesses."""
    return facts.placement if facts.placement and facts.placement.parts else None


def _is_in(secret: str, text: str) -> bool:
    encoded = base64.b64encode(secret.encode()).decode()[:-4]
    return any(form in text for form in (secret, quote(secret, safe=""), quote_plus(secret), encoded))
