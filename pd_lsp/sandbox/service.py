"""The sandbox: everything beside this file in one process, on one loopback port."""

import threading
from types import TracebackType

from pd_lsp.sandbox.accounts import ENVIRONMENTS, USER
from pd_lsp.sandbox.certificates import CertificateAuthority
from pd_lsp.sandbox.connected import connected
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.faults import Fault
from pd_lsp.sandbox.faults.plan import FaultPlan, Planned
from pd_lsp.sandbox.hosts import HOSTS, PIPEDREAM, knows, refusal
from pd_lsp.sandbox.listener import Listener
from pd_lsp.sandbox.pipedream_api import CLIENT_ID, CLIENT_SECRET, PROJECT, TOKEN_LIFETIME, PipedreamApi
from pd_lsp.sandbox.seen import Seen, seen
from pd_lsp.sandbox.world import World

_MOST_SEEN = 10_000


class Sandbox:
    """Serves from the moment it is made until it is closed.

    `port` 0 takes any that is free; `seed` makes the invented credentials the same at each start; `token_lifetime` is
    in seconds. Raises OSError where the port is taken.
    """

    client_id, client_secret, project_id = CLIENT_ID, CLIENT_SECRET, PROJECT
    environment, external_user_id = ENVIRONMENTS[0], USER

    def __init__(self, port: int = 0, seed: int | None = None, *, token_lifetime: int = TOKEN_LIFETIME) -> None:
        self._accounts = connected(seed)
        self._api = PipedreamApi(self._accounts, token_lifetime)
        self._world = World(self._accounts)
        self._faults = FaultPlan()
        self._turn = threading.Lock()
        self.requests: list[Seen] = []
        """What arrived, oldest first; of very many the last."""
        self._authority = CertificateAuthority()
        self.certificate = self._authority.certificate
        try:
            self._listener = Listener(port, self._answer, knows, self._authority.context)
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
        }

    def credentials(self, account_id: str) -> dict[str, str]:
        """The values of an account, for tests to compare with. Raises KeyError for an id that no account has."""
        return {account.id: dict(account.credentials) for account in self._accounts}[account_id]

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
        with self._turn:
            self._faults.add(Planned(fault, "" if host == PIPEDREAM else host, method, path, after, times))

    def heal(self) -> None:
        """Ends all faults, and lets go the answers that wait."""
        with self._turn:
            self._faults.clear()

    @property
    def faults_to_come(self) -> int:
        """How many faults still wait for a request, for tests to see that what they asked for has happened."""
        with self._turn:
            return self._faults.waiting()

    def _answer(self, request: Request) -> Answer:
        """The one door: every request comes through here, one at a time, so that apps need not mind each other."""
        with self._turn:
            fault = self._faults.fault_for(request, "" if request.host == PIPEDREAM else request.host)
            answer = fault.spoil(lambda: self._made(request)) if fault else self._made(request)
            if len(self.requests) >= _MOST_SEEN:
                del self.requests[: _MOST_SEEN // 2]
            self.requests.append(seen(request, answer, self._accounts))
        if fault and fault.gate:
            fault.gate.hold()
        return answer

    def _made(self, request: Request) -> Answer:
        try:
            answer = self._routed(request)
            answer.body()
        except Exception as error:  # noqa: BLE001 - a mistake of ours costs one answer, and no traceback
            return Answer(500, {"error": f"The sandbox made a mistake ({type(error).__name__}). Please report it."})
        return answer

    def _routed(self, request: Request) -> Answer:
        if request.method == "CONNECT":
            return refusal(request.host)
        if request.host in {"", PIPEDREAM}:
            return self._api.answer(request)
        app = HOSTS.get(request.host)
        return app(request, self._world) if app else refusal(request.host)
