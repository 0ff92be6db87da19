"""The throw-away certificate authority of one sandbox."""

import ssl
import tempfile
import threading
from pathlib import Path
from typing import Any

import trustme


class CertificateAuthority:
    """Certifies any host, and is trusted by those alone who are pointed at `certificate`.

    Its own key stays in memory. Its certificate lies in a private folder that `close` removes.
    """

    def __init__(self) -> None:
        self._authority = trustme.CA()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._certifying = threading.Lock()
        self._folder = tempfile.TemporaryDirectory(prefix="pd-lsp-sandbox-")
        self.certificate = Path(self._folder.name) / "authority.pem"
        self.certificate.touch(0o600)
        self.certificate.write_bytes(self._authority.cert_pem.bytes())

    def context(self, host: str) -> ssl.SSLContext:
        """What speaks TLS as `host`; made when it is first asked for."""
        with self._certifying:
            if host not in self._contexts:
                self._contexts[host] = self._certified(host)
            return self._contexts[host]

    def close(self) -> None:
        """Removes the certificate."""
        self._folder.cleanup()

    def _certified(self, host: str) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sslsocket_class = _TlsSocket
        leaf = self._authority.issue_cert(host)
        # ssl reads keys from files only: this one is gone before anybody connects.
        with leaf.private_key_and_cert_chain_pem.tempfile(dir=self._folder.name) as pem:
            context.load_cert_chain(pem)
        return context


class _TlsSocket(ssl.SSLSocket):
    """Finds out in the handshake that its client is gone: found out while it is made, nobody could close it."""

    def getpeername(self) -> Any:
        try:
            return super().getpeername()
        except OSError:
            return None
