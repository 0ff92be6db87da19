"""The sandbox: everything above in one process, on one loopback port."""

import ssl
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import trustme

from pd_lsp.sandbox.accounts import ENVIRONMENTS, USER, SandboxAccount, connected
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.hosts import HOSTS
from pd_lsp.sandbox.listener import Listener
from pd_lsp.sandbox.pipedream_api import CLIENT_ID, CLIENT_SECRET, PROJECT, PipedreamApi
from pd_lsp.sandbox.world import World


_TELLING = 20
"""Characters from which on a value belongs to one account alone."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One request that arrived, without any value of its headers."""

    host: str
    method: str
    target: str
    header_names: tuple[str, ...]
    account: str | None
    """The id of the account whose credential it carried."""
    status: int


class Sandbox:
    """Serves from the moment it is made until it is closed.

    `seed` makes the invented credentials the same at each start. Raises OSError where the port is taken.
    """

    client_id, client_secret, project_id = CLIENT_ID, CLIENT_SECRET, PROJECT
    environment, external_user_id = ENVIRONMENTS[0], USER

    def __init__(self, port: int = 0, seed: int | None = None) -> None:
        self._accounts = connected(seed)
        self._api = PipedreamApi(self._accounts)
        self._world = World(self._accounts)
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._certifying = threading.Lock()
        self._listener = Listener(port, self._answer, HOSTS.__contains__, self._certify)
        self._folder = tempfile.TemporaryDirectory(prefix="pd-lsp-sandbox-")
        self.certificate = Path(self._folder.name) / "authority.pem"
        self._authority.cert_pem.write_to_path(str(self.certificate))
        self.certificate.chmod(0o600)
        self.url = self.proxy = f"http://127.0.0.1:{self._listener.server_address[1]}"
        self.requests: list[Seen] = []
        self._serving = threading.Thread(target=self._listener.serve_forever, args=(0.05,), daemon=True)
        self._serving.start()

    def __enter__(self) -> "Sandbox":  # noqa: PYI034 - Self came with Python 3.11
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends the service and removes the certificate."""
        self._listener.shutdown()
        self._listener.server_close()
        self._folder.cleanup()

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
        """The values of an account, for tests to compare with."""
        return dict(next(account.credentials for account in self._accounts if account.id == account_id))

    def _answer(self, request: Request) -> Answer:
        known = HOSTS.get(request.host)
        answer = known(request, self._world) if known else self._api.answer(request)
        carried = self._carried(request)
        self.requests.append(
            Seen(
                request.host,
                request.method,
                request.target,
                tuple(request.headers),
                carried and carried.id,
                answer.status,
            )
        )
        return answer

    def _carried(self, request: Request) -> SandboxAccount | None:
        sent = " ".join([*request.headers.values(), request.target])
        holds = (
            account
            for account in self._accounts
            if any(len(value) >= _TELLING and value in sent for value in account.credentials.values())
        )
        return next(holds, None)

    def _certify(self, host: str) -> ssl.SSLContext:
        with self._certifying:
            if host not in self._contexts:
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                self._authority.issue_cert(host).configure_cert(context)
                self._contexts[host] = context
            return self._contexts[host]
