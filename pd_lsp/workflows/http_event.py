"""What an HTTP trigger makes of a request (docs/platform.md, section 1.3)."""

import json
from collections.abc import Iterable, Mapping
from typing import NoReturn
from urllib.parse import parse_qsl, urlsplit

from pd_lsp.model import Json

LARGEST_BODY = 512 * 1024
"""Bytes; the platform answers a larger one with 413 (section 1.9)."""
_FORM = "application/x-www-form-urlencoded"


def http_event(method: str, target: str, headers: Iterable[tuple[str, str]], body: bytes, client_ip: str) -> Json:
    """The event of one request: `target` is its path with the query, as the request line has it.

    Names of headers are in lower case. The body is an object where the request was JSON or a form, else text. Of
    several values under one name the last counts, which is an assumption.
    """
    named = {name.lower(): value for name, value in headers}
    address = urlsplit(target)
    path = address.path or "/"
    return {
        "method": method,
        "path": path,
        "query": dict(parse_qsl(address.query, keep_blank_values=True)),
        "headers": dict(named),
        "body": _body(named, body.decode("utf-8", "replace")),
        "url": f"https://{named.get('host', 'localhost')}{path}",
        "client_ip": client_ip,
    }


def _body(headers: Mapping[str, str], text: str) -> Json:
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == _FORM:
        return dict(parse_qsl(text, keep_blank_values=True))
    if kind == "application/json" or kind.endswith("+json"):
        try:
            document: Json = json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            return text
        return document
    return text


def _refuse_constant(name: str) -> NoReturn:
    """Python reads NaN and its like, which are no JSON for anybody else."""
    raise ValueError(name)
