"""The Connect proxy: sends a request on with an account's credential in it (docs/platform.md, section 4.7).

Here it never leaves the sandbox: whoever is called is one of its own apps, or refused.
"""

import base64
import binascii
from collections.abc import Callable
from urllib.parse import urlsplit

from pd_lsp.sandbox.accounts import SandboxAccount
from pd_lsp.sandbox.answers import NOT_FOUND, refused
from pd_lsp.sandbox.connect.placement import allowed_domains, filled, origin_of, placement_of, with_credential
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.project import Project

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
_PREFIX = "x-pd-proxy-"
_FORBIDDEN = (
    *("accept-encoding", "connection", "content-length", "cookie", "date", "dnt", "expect", "host", "keep-alive"),
    *("origin", "permissions-policy", "referer", "te", "trailer", "transfer-encoding", "upgrade", "via"),
)
_FORBIDDEN_BEGINNINGS = ("access-control-", "proxy-", "sec-")
_USER_AGENT = "pipedream/1"


class _RefusedError(Exception):
    """Why a request is not sent on."""


def proxied(
    request: Request, project: Project, environment: str, url_64: str, ask_app: Callable[[Request], Answer]
) -> Answer:
    """The app's own answer to the request that `url_64` and the headers describe; `ask_app` asks the app."""
    user, account_id = (request.query.get(name) for name in ("external_user_id", "account_id"))
    if not user or not account_id:
        return refused("external_user_id and account_id are required")
    account = project.account(environment, account_id)
    if account is None or account.external_user != user:
        return NOT_FOUND
    try:
        sent = _sent(request, url_64, account)
    except _RefusedError as error:
        return refused(str(error))
    except KeyError as missing:
        return refused(f"the account has no {missing.args[0]}")
    return ask_app(sent)


def _sent(request: Request, url_64: str, account: SandboxAccount) -> Request:
    """What the app gets. Raises KeyError where the account lacks a key that belongs in it."""
    placement = placement_of(account.app)
    if placement is None:
        raise _RefusedError(f"{account.app.name} is not available through the proxy")
    host, target = _aimed(url_64, account)
    sent = Request(request.method, host, target, _headers(request), request.body)
    return with_credential(sent, placement, account.credentials)


def _aimed(url_64: str, account: SandboxAccount) -> tuple[str, str]:
    """Host and target of the address, which may be a path at the account's own host."""
    origin, domains = origin_of(account.app), allowed_domains(account.app)
    if origin is None:
        raise _RefusedError(f"{account.app.name} is not available through the proxy")
    address = _decoded(url_64)
    if address.startswith("/"):
        address = filled(origin, account.credentials) + address
    elif domains is None:
        raise _RefusedError(f"{account.app.name} takes a path alone, such as /api: its domain depends on the account")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _RefusedError("the address is none") from None
    if parts.scheme != "https" or port not in {None, 443} or "@" in parts.netloc:
        raise _RefusedError("the address must begin with https:// and name no port and no user")
    if domains is not None and host not in domains:
        raise _RefusedError(f"{account.app.name} may be called at {', '.join(domains)} only")
    return host, (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _decoded(url_64: str) -> str:
    try:
        address = base64.b64decode(url_64 + "=" * (-len(url_64) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise _RefusedError("the address is not URL-safe base64") from None
    if not address.isprintable() or " " in address:
        raise _RefusedError("the address is none")
    return address


def _headers(request: Request) -> dict[str, str]:
    """The headers that go through. What the body is, it stays."""
    through = {name[len(_PREFIX) :]: value for name, value in request.headers.items() if name.startswith(_PREFIX)}
    for name in through:
        if name in _FORBIDDEN or name.startswith(_FORBIDDEN_BEGINNINGS):
            raise _RefusedError(f"the header {name} can't be sent through the proxy")
    own = {"user-agent": _USER_AGENT}
    if "content-type" in request.headers:
        own["content-type"] = request.headers["content-type"]
    return {**own, **through}
