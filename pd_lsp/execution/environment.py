"""The environment variables a step starts with: an allow-list, and none of the person's own tokens (D12)."""

import os
from collections.abc import Mapping
from urllib.parse import urlsplit

_PERSON = frozenset({"PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR"})
_PROXY = frozenset({"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"})
_CERTIFICATES = frozenset({"SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"})
_WINDOWS = frozenset({"SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP"})
_WINDOWS_PERSON = frozenset({"USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA"})
_ALLOWED = _PERSON | _PROXY | _CERTIFICATES | _WINDOWS | _WINDOWS_PERSON

_RESERVED = ("PIPEDREAM_", "PYTHON", "LD_", "DYLD_")
"""No variable of a step has such a name: the first is the platform's, the others steer Python or its loader."""
_STEERS_TRAFFIC = _PROXY | _CERTIFICATES
"""Nor one of these: a file of the folder could send the person's tokens through a proxy of its own."""

_LONGEST = 65_536
"""Bytes that a variable can have on the platform (docs/platform.md, section 1.9)."""


def process_environment(extra: Mapping[str, str]) -> dict[str, str]:
    """What a run's processes start with: names of the person's environment that are allowed, then `extra`."""
    inherited = {name: value for name, value in os.environ.items() if goes_to_every_step(name)}
    return {**inherited, **extra}


def step_environment(variables: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The variables meant for a step that it may have, and the names of those it may not."""
    refused = tuple(name for name in variables if is_reserved(name) or name.upper() in _STEERS_TRAFFIC)
    return {name: value for name, value in variables.items() if name not in refused}, refused


def longer_than_on_platform(variables: Mapping[str, str]) -> tuple[str, ...]:
    """The names of those that are longer than any variable of the platform."""
    return tuple(name for name, value in variables.items() if len(value.encode("utf-8", "replace")) > _LONGEST)


def proxy_passwords(environment: Mapping[str, str]) -> dict[str, str]:
    """By name of the variable: the password in the address of a proxy, which every step gets, as it stands there."""
    found = {name: _password(address) for name, address in environment.items() if name.upper() in _PROXY}
    return {name: password for name, password in found.items() if password}


def _password(address: str) -> str:
    try:
        return urlsplit(address if "://" in address else f"http://{address}").password or ""
    except ValueError:
        return ""


def is_reserved(name: str) -> bool:
    """Whether no variable of a step has this name, wherever its value would come from."""
    return name.upper().startswith(_RESERVED)


def goes_to_every_step(name: str) -> bool:
    """Whether a step has this variable of the person's environment without a word of theirs."""
    return name.upper() in _ALLOWED or name.startswith("LC_")
