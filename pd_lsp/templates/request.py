"""The request that a generic template shows: what the catalogue says of an app, and what must be checked in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from pd_lsp.catalog import AppFacts, Placement
from pd_lsp.templates.who_am_i import WhoAmI, who_am_i

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_UNKNOWN_ADDRESS = "https://put-the-address-here.invalid"
"""Reaches nobody (RFC 2606), so that no credential goes to a stranger."""
_LIKELY_KEYS = ("oauth_access_token", "access_token", "api_key", "api_token", "token")


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its texts with `{key}` for a key of `$auth`."""

    url: str
    method: str = "get"
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, str] = field(default_factory=dict)
    basic: tuple[str, str] | None = None
    """User name and password."""

    def texts(self) -> list[str]:
        """Every text that can hold a `{key}`, in the order in which code shows them."""
        sent = [*self.headers.values(), *self.params.values(), *self.json.values()]
        return [self.url, *(self.basic or ()), *sent]


def placeholders(text: str) -> list[str]:
    """The names between braces in `text`, in order."""
    return _PLACEHOLDER.findall(text)


def request_of(facts: AppFacts) -> Request:
    """The request for an app, with a guess where the catalogue has nothing; `to_check` says which parts are guesses."""
    call = who_am_i(facts.app.slug) or WhoAmI("")
    url = address_of(facts)
    match _known(facts.placement):
        case None if carries_secret(facts):
            return Request(url, call.method, call.headers)
        case None:
            guess = {"Authorization": "Bearer {" + _likely_key(facts) + "}"}
            return Request(url, call.method, {**guess, **call.headers})
        case Placement(kind="header" | "headers", parts=parts):
            return Request(url, call.method, {**parts, **call.headers})
        case Placement(kind="basic", parts=parts):
            return Request(url, call.method, call.headers, basic=(parts["username"], parts["password"]))
        case Placement(kind="query", parts=parts):
            return Request(url, call.method, call.headers, params=parts)
        case Placement(kind="body", parts=parts):
            return Request(url, "post", call.headers, json=parts)
        case _:
            return Request(url, call.method, call.headers)


def address_of(facts: AppFacts) -> str:
    """The address of an app's harmless call, or else its base address; one that reaches nobody where none is known."""
    call = who_am_i(facts.app.slug)
    path = call.path if call else ""
    return path if path.startswith("https://") else (facts.base_url or _UNKNOWN_ADDRESS) + path


def carries_secret(facts: AppFacts) -> bool:
    """Whether the address of an app holds a secret of the account, so that nothing else need carry it."""
    return not facts.secrets.isdisjoint(placeholders(facts.base_url or ""))


def to_check(facts: AppFacts, request: Request, name: str) -> list[str]:
    """What the person must check or fill in before the request can be trusted, as sentences."""
    found = [*_about_address(facts, name), *_about_placement(facts, name)]
    keys = {key.name for key in facts.app.fields}
    unknown = {missing: None for text in request.texts() for missing in placeholders(text) if missing not in keys}
    found += [f"Put in a value for {{{missing}}}." for missing in unknown]
    if request.url.startswith("http://"):
        found.append("This address isn't encrypted: try https first.")
    if request.json:
        found.append("Sent as JSON; if the API wants a form, write data= in place of json=.")
    return found


def api_of(name: str) -> str:
    """What the API of an app is called; some apps have the word in their own name."""
    return name if "API" in name.upper() else f"{name} API"


def _about_address(facts: AppFacts, name: str) -> list[str]:
    if facts.placement and facts.placement.kind == "none" and facts.placement.note:
        return [f"Check the address; what is known of it: {facts.placement.note}."]
    if facts.base_url is None:
        return [f"The address of the {api_of(name)} isn't known here: put it in."]
    if not facts.reviewed:
        return [f"Nobody has compared this address with the documentation of {name} yet: check it, and add a path."]
    if who_am_i(facts.app.slug):
        return []
    doubt = " It comes from general knowledge: check it." if "base_url" in facts.inferred else ""
    return [f"The base address of the {api_of(name)}: add the path of a call.{doubt}"]


def _about_placement(facts: AppFacts, name: str) -> list[str]:
    if _known(facts.placement) is None and not carries_secret(facts):
        return [f"How {name} takes its credentials isn't known here, so this is a guess: check it."]
    if not facts.reviewed or ("auth_placement" in facts.inferred and not who_am_i(facts.app.slug)):
        return ["Check too that the API takes its credentials like this."]
    return []


def _known(placement: Placement | None) -> Placement | None:
    """The placement, unless it names a kind and leaves out what belongs into it."""
    incomplete = placement is None or (placement.kind not in ("none", "path") and not placement.parts)
    return None if incomplete else placement


def _likely_key(facts: AppFacts) -> str:
    """The key that looks most like the one a request carries."""
    names = [key.name for key in facts.app.fields]
    candidates = [*(key for key in _LIKELY_KEYS if key in names), *(key for key in names if key in facts.secrets)]
    return next(iter([*candidates, *names]), "api_key")
