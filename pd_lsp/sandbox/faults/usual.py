"""The faults that real networks and real services have, by their names.

A status alone needs none: `Fault(status=429, retry_after=3)`.
"""

import json
from typing import Any

from pd_lsp.sandbox.exchange import Delivery
from pd_lsp.sandbox.faults.fault import Fault
from pd_lsp.sandbox.faults.gate import Gate

_PAGE = b"<!doctype html><html><head><title>Sign in</title></head><body><form></form></body></html>"
_LARGE = 11_000_000


def redirect(to: str, status: int = 302) -> Fault:
    """The client is sent to another address."""
    return Fault(status=status, headers={"Location": to})


def html(status: int = 200) -> Fault:
    """A page where JSON should be, as a login portal or a gateway in between sends it."""
    return Fault(status=status, body=_PAGE, headers={"Content-Type": "text/html; charset=utf-8"})


def other_shape(document: Any) -> Fault:
    """JSON that is `document` and not what is documented."""
    return Fault(body=json.dumps(document).encode())


def truncated() -> Fault:
    """Half of the proper body, after a `Content-Length` that promises all of it; then the connection ends."""
    return Fault(delivery=Delivery.CUT)


def dropped(*, reset: bool = False) -> Fault:
    """The connection ends before any byte, in order or with a reset."""
    return Fault(delivery=Delivery.RESET if reset else Delivery.DROPPED)


def slow(gate: Gate) -> Fault:
    """The proper answer, when `gate` lets it go."""
    return Fault(gate=gate)


def too_large(size: int = _LARGE) -> Fault:
    """JSON of `size` bytes that says so in its `Content-Length`."""
    frame = json.dumps({"data": [], "padding": ""}).encode()
    return Fault(body=frame[:-2] + b"x" * (size - len(frame)) + frame[-2:])


def endless() -> Fault:
    """The beginning of a list that never ends, without any length."""
    return Fault(body=b'{"data": [' + b"{}, " * 16_384, delivery=Delivery.ENDLESS)


def wrong_encoding(coding: str = "gzip") -> Fault:
    """The proper body under a `Content-Encoding` that it does not have."""
    return Fault(headers={"Content-Encoding": coding})
