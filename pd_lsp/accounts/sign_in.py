"""Whom the accounts belong to, and the keys that open them: from the environment and the person's configuration."""

import asyncio
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NoReturn

from pd_lsp.accounts.provider import SignedOutError
from pd_lsp.accounts.secret_sources import FoundSecret, SecretSource, find_secret
from pd_lsp.configuration import Configuration, LocalAccount
from pd_lsp.settings import API, ConnectProject

API_KEY_ENTRY = "api_key"
"""The name of the user API key's entry in the keyring."""
_WORD = re.compile(r"[\x21-\x7e]+")
"""What fits into the header that carries a key."""


def client_secret_entry(client_id: str) -> str:
    """The name of an OAuth client's entry in the keyring."""
    return f"client_secret:{client_id}"


class HeldSecret:
    """A secret that is looked for when it is first needed, and then held in memory. It can't be printed (D4)."""

    __slots__ = ("_environment", "_looking", "_source", "found")

    def __init__(self, source: SecretSource, environment: Mapping[str, str]) -> None:
        self._source = source
        self._environment = environment
        self._looking = asyncio.Lock()
        self.found: FoundSecret | None = None
        """The secret, and where it was, once it was needed."""

    @property
    def held(self) -> str:
        """The secret as far as it is in memory, needed or not: what the redactor has to know (D14)."""
        waiting = (self._environment.get(name, "") for name in self._source.environment_names)
        return self.found.value if self.found else next(filter(None, waiting), "")

    async def get(self) -> str:
        """The secret; all who wait for it wait for one look. Raises SecretError, which is an AccountsError."""
        async with self._looking:
            if self.found is None:
                self.found = await find_secret(self._source, self._environment)
            return self.found.value

    async def word(self) -> str:
        """The secret, which goes into a header. Raises SignedOutError for what does not fit into one."""
        value = await self.get()
        if not _WORD.fullmatch(value):
            place = _place(self.found)
            raise SignedOutError(
                f"The key{place and ' from '}{place} has blanks or several lines: let it be the key alone."
            )
        return value

    def refused(self, login: str) -> str:
        """What to say when the service has refused it; `login` is the command that asks for another one."""
        place = _place(self.found)
        return f"Pipedream refused the key{place and ' from '}{place}: " + (
            "give it a good one there, and start pd-lsp again." if place else f"sign in again with `{login}`."
        )

    def __repr__(self) -> str:
        return "HeldSecret(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret stays in the memory of the process that read it.")


class ClientKey:
    """The id and secret of an OAuth client of Pipedream, or a token made elsewhere in their place (section 4.1)."""

    __slots__ = ("_secret", "access_token", "client_id")

    def __init__(self, client_id: str, secret: HeldSecret | str, access_token: str = "") -> None:
        self.client_id = client_id
        self.access_token = access_token
        self._secret = secret

    @property
    def held_secret(self) -> HeldSecret | None:
        """Where the secret is looked for; None where a token or the secret itself is given."""
        return self._secret if isinstance(self._secret, HeldSecret) and not self.access_token else None

    @property
    def held(self) -> str:
        """The secret, as far as it is in memory."""
        return self._secret if isinstance(self._secret, str) else self._secret.held

    @property
    def refused(self) -> str:
        """What to say when the service has refused it."""
        if self.access_token:
            return (
                "Pipedream refused the token in PIPEDREAM_ACCESS_TOKEN, or it has ended: put a new one there, and "
                "start pd-lsp again."
            )
        if isinstance(self._secret, HeldSecret):
            return self._secret.refused("pd-lsp login")
        return "Pipedream refused the key: sign in again with `pd-lsp login`."

    def checked_access_token(self) -> str:
        """The token made elsewhere. Raises SignedOutError for what can't be one."""
        if not _WORD.fullmatch(self.access_token):
            raise SignedOutError("PIPEDREAM_ACCESS_TOKEN has blanks or several lines: put the token alone there.")
        return self.access_token

    async def secret(self) -> str:
        """The secret. Raises SecretError."""
        return self._secret if isinstance(self._secret, str) else await self._secret.get()

    def __repr__(self) -> str:
        return "ClientKey(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client key stays in the memory of the process that read it.")


def _place(found: FoundSecret | None) -> str:
    """Where the person has to mend a secret by themselves; empty where a command of ours does it."""
    if found and found.link == "command":
        return f"the command “{found.detail}”"
    if found and found.link == "environment" and found.detail.startswith("PIPEDREAM_"):
        return found.detail
    return ""


@dataclass(frozen=True, slots=True)
class EventsKey:
    """The key that events are read with, and where."""

    key: HeldSecret
    url: str = API
    """Another one than Pipedream's own comes from the sandbox alone (D20)."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Whose accounts a folder uses."""

    project: ConnectProject | None = None
    client: ClientKey | None = None
    api_key: HeldSecret | None = None
    local_accounts: tuple[LocalAccount, ...] = ()
    environment: Mapping[str, str] | None = field(default=None, repr=False)
    """What values of local accounts may come from."""
    api_key_mark: str = ""
    """Tells one user API key from another, without being one: names kept for the one are no answer for the other."""
    events: EventsKey | None = None
    """The user API key again; in the sandbox, whose accounts come from Connect alone, it is for events only."""

    @property
    def kind(self) -> Literal["connect", "api"] | None:
        """What the person signed in with, of two the one whose accounts count first; None where they did not."""
        if self.project and self.client:
            return "connect"
        return "api" if self.api_key else None


def sign_in_for(path: Path | None, configuration: Configuration, environment: Mapping[str, str]) -> SignIn:
    """Whom the accounts for a file or folder belong to.

    `environment` is the process's own, the `PIPEDREAM_*` that were taken out of it included. A project that the
    environment names counts for every folder, in place of the configured ones.
    """
    project, client = _from_environment(environment) or _from_configuration(path, configuration, environment)
    api_key, mark = None, ""
    if configuration.api_key or environment.get("PIPEDREAM_API_KEY"):
        source = SecretSource(("PIPEDREAM_API_KEY",), configuration.api_key_command or None, API_KEY_ENTRY)
        api_key, mark = HeldSecret(source, environment), _api_key_mark(configuration, environment)
    events = EventsKey(api_key) if api_key else None
    return SignIn(project, client, api_key, configuration.local_accounts, environment, mark, events)


def _api_key_mark(configuration: Configuration, environment: Mapping[str, str]) -> str:
    """A digest of a key from the environment; else the command that prints it, or which `pd-lsp login` kept it.

    Neither a keyring nor a command is asked for that.
    """
    if key := environment.get("PIPEDREAM_API_KEY"):
        return hashlib.sha256(f"a key of pd-lsp\0{key}".encode("utf-8", "surrogateescape")).hexdigest()
    return "\0".join(configuration.api_key_command) or configuration.api_key_login


def _from_environment(environment: Mapping[str, str]) -> tuple[ConnectProject, ClientKey] | None:
    """The SDK's own names; `PIPEDREAM_BASE_URL` is not among them: alone it changes nothing (D20)."""
    project_id, user = environment.get("PIPEDREAM_PROJECT_ID", ""), environment.get("PD_LSP_EXTERNAL_USER_ID", "")
    client_id, token = environment.get("PIPEDREAM_CLIENT_ID", ""), environment.get("PIPEDREAM_ACCESS_TOKEN", "")
    if not (project_id and user and (client_id or token)):
        return None
    project = ConnectProject(
        project_id=project_id,
        external_user_id=user,
        environment=environment.get("PIPEDREAM_PROJECT_ENVIRONMENT") or "development",
    )
    source = SecretSource(("PIPEDREAM_CLIENT_SECRET",), None, client_secret_entry(client_id))
    return project, ClientKey(client_id, HeldSecret(source, environment), token)


def _from_configuration(
    path: Path | None, configuration: Configuration, environment: Mapping[str, str]
) -> tuple[ConnectProject | None, ClientKey | None]:
    chosen = configuration.project_for(path)
    if chosen is None:
        return None, None
    source = SecretSource(
        ("PIPEDREAM_CLIENT_SECRET",) if environment.get("PIPEDREAM_CLIENT_ID") == chosen.client_id else (),
        chosen.secret_command or None,
        client_secret_entry(chosen.client_id),
    )
    return chosen.project, ClientKey(chosen.client_id, HeldSecret(source, environment))
