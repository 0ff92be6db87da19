"""The sandbox: everything beside this file in one process, on one loopback port."""

import threading
from functools import partial
from types import TracebackType

from pd_lsp.sandbox.accounts import COLLEAGUE, ENVIRONMENTS, USER
from pd_lsp.sandbox.certificates import CertificateAuthority
from pd_lsp.sandbox.connect import ConnectApi
from pd_lsp.sandbox.connect.tokens import ConnectTokens
from pd_lsp.sandbox.connected import connected
from pd_lsp.sandbox.directory import APPS
from pd_lsp.sandbox.door import Door
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.extra import extra_accounts as more_accounts
from pd_lsp.sandbox.extra import extra_apps as more_apps
from pd_lsp.sandbox.faults import Fault
from pd_lsp.sandbox.faults.plan import FaultPlan, Planned
from pd_lsp.sandbox.hosts import PIPEDREAM, ask_app, knows
from pd_lsp.sandbox.invented import chance_of
from pd_lsp.sandbox.legacy import LegacyApi
from pd_lsp.sandbox.legacy.events import SOURCE
from pd_lsp.sandbox.legacy.steps import WORKFLOWS
from pd_lsp.sandbox.listener import Listener
from pd_lsp.sandbox.pipedream_api import PipedreamApi
from pd_lsp.sandbox.project import PROJECT, Project
from pd_lsp.sandbox.seen import Seen
from pd_lsp.sandbox.signing_in import API_KEY, CLIENT_ID, CLIENT_SECRET, TOKEN_LIFETIME, AccessTokens
from pd_lsp.sandbox.world import World


class Sandbox:
    """Serves from the moment it is made until it is closed.

    `port` 0 takes any that is free; `seed` makes the invented credentials the same at each start; `token_lifetime` is
    in seconds; `extra_accounts` and `extra_apps` are how many there are beside the usual ones; `client_secret` and
    `api_key` are what opens it. Raises OSError where the port is taken.
    """

    client_id, client_secret, project_id = CLIENT_ID, CLIENT_SECRET, PROJECT
    environment, external_user_id = ENVIRONMENTS[0], USER
    other_external_user_id = COLLEAGUE
    api_key = API_KEY
    workflow_ids, source_id = tuple(WORKFLOWS), SOURCE

    def __init__(  # noqa: PLR0913 - each is one thing that a sandbox can be given
        self,
        port: int = 0,
        seed: int | None = None,
        *,
        token_lifetime: int = TOKEN_LIFETIME,
        extra_accounts: int = 0,
        extra_apps: int = 0,
        client_secret: str = CLIENT_SECRET,
        api_key: str = API_KEY,
    ) -> None:
        self.client_secret, self.api_key = client_secret, api_key
        more = more_apps(extra_apps) if extra_apps else {}
        accounts = [*connected(chance_of(seed)), *more_accounts(extra_accounts, more or APPS)]
        self._project = Project({**APPS, **more}, accounts)
        self._tokens = AccessTokens(token_lifetime, client_secret=client_secret)
        self._legacy = LegacyApi(self._project)
        self._faults = FaultPlan()
        self._world = World(self._project.accounts.values())
        connect = ConnectApi(self._project, ConnectTokens(), self._ask_app)
        self._api = PipedreamApi(self._tokens, connect, self._legacy, api_key)
        self._door = Door(self._ask_api, self._ask_app, self._project.accounts.values())
        self._authority = CertificateAuthority()
        self.certificate = self._authority.certificate
        try:
            self._listener = Listener(port, self._door.answer, knows, self._authority.context)
        except OSError:
            self._authority.close()
            raise
        self.url = self.proxy = f"http://{self._listener.authority}"
        self._serving = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._serving.start()

    def __enter__(self) -> "Sandbox":  # noqa: PYI034 - Self came with Python 3.11
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the service, hangs up on every client, and removes the certificate."""
        self.heal()
        self._listener.shutdown()
        self._listener.server_close()
        self._authority.close()

    def serve_forever(self) -> None:
        """Waits until somebody closes the sandbox, or interrupts."""
        self._serving.join()

    def announcement(self) -> dict[str, str]:
        """Where the sandbox is, and how to sign in to it."""
        return {
            "url": self.url,
            "proxy": self.proxy,
            "certificate": str(self.certificate),
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "project_id": self.project_id,
            "environment": self.environment,
            "external_user_id": self.external_user_id,
            "api_key": self.api_key,
        }

    @property
    def requests(self) -> list[Seen]:
        """What arrived, oldest first; of very many the last."""
        return self._door.requests

    def credentials(self, account_id: str) -> dict[str, str]:
        """The values of an account, for tests to compare with. Raises KeyError for an id that no account has."""
        return dict(self._project.accounts[account_id].credentials)

    def expire_tokens(self) -> None:
        """Ends all access tokens now, as if their lifetime were over."""
        with self._door.turn:
            self._tokens.expire()

    @property
    def legacy_gone(self) -> bool:
        """Whether the older API answers `404` to whoever asks for accounts, as if they were removed from it."""
        return self._legacy.gone

    @legacy_gone.setter
    def legacy_gone(self, gone: bool) -> None:
        self._legacy.gone = gone

    @property
    def legacy_silent(self) -> bool:
        """Whether the older API leaves credentials out of accounts, as somebody has reported."""
        return self._legacy.silent

    @legacy_silent.setter
    def legacy_silent(self, silent: bool) -> None:
        self._legacy.silent = silent

    def fail(  # noqa: PLR0913 - keywords that read as a sentence
        self, fault: Fault, *, host: str = "", method: str = "*", path: str = "*", after: int = 0, times: int | None = 1
    ) -> None:
        """From now on, `fault` happens to the requests of `method` for `path` (`*` stands for anything) at `host`.

        No host means the API. `after` so many of them that go well, it happens `times` times (None: until `heal`). Of
        several faults that fit, the one that was asked for first goes first. Raises ValueError for what no request
        could meet.
        """
        if host and not knows(host):
            raise ValueError(f"The sandbox does not stand in for {host}.")
        with self._door.turn:
            self._faults.add(Planned(fault, "" if host == PIPEDREAM else host, method, path, after, times))

    def heal(self) -> None:
        """Ends all faults, and lets go the answers that wait."""
        with self._door.turn:
            self._faults.clear()

    @property
    def faults_to_come(self) -> int:
        """How many faults still wait for a request, for tests to see that what they asked for has happened."""
        with self._door.turn:
            return self._faults.waiting()

    def _ask_api(self, request: Request) -> Answer:
        return self._faults.spoil(request, "", partial(self._api.answer, request))

    def _ask_app(self, request: Request) -> Answer:
        """Asks an app for a step, or for the proxy of Connect."""
        return self._faults.spoil(request, request.host, partial(ask_app, self._world, request))
