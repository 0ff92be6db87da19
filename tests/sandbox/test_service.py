"""The sandbox as an object: what its own mistakes cost, and how it ends."""

import select
import socket
import struct
from contextlib import closing

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.certificates import CertificateAuthority
from pd_lsp.sandbox.hosts import HOSTS

PATIENCE = 20.0


def connected_to(sandbox: Sandbox) -> socket.socket:
    host, _, port = sandbox.url.removeprefix("http://").partition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def test_a_mistake_of_an_app_costs_one_answer(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    with httpx.Client(proxy=sandbox.proxy, trust_env=False) as client:
        with monkeypatch.context() as broken:
            broken.setitem(HOSTS, "slack.com", lambda _request, _world: {}["nothing"])
            answer = client.get("http://slack.com/api/auth.test")
        assert (answer.status_code, sandbox.requests[-1].status) == (500, 500)
        assert "KeyError" in answer.json()["error"]
        assert client.get("http://slack.com/api/auth.test").status_code == 200


def test_a_sandbox_that_is_closed_hangs_up_on_everybody() -> None:
    sandbox = Sandbox()
    with closing(connected_to(sandbox)) as kept:
        kept.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert kept.recv(65_536).startswith(b"HTTP/1.1 401 ")
        sandbox.close()
        assert kept.recv(65_536) == b""
    with pytest.raises(ConnectionRefusedError):
        connected_to(sandbox)


def test_a_client_that_is_gone_before_its_handshake_leaves_a_socket_that_can_be_closed() -> None:
    authority = CertificateAuthority()
    with closing(authority), socket.create_server(("127.0.0.1", 0)) as server:
        client = socket.create_connection(server.getsockname())
        connection, _ = server.accept()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
        client.close()
        select.select([connection], [], [], PATIENCE)
        context = authority.context("slack.com")
        with context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False) as secured:
            assert secured.fileno() >= 0
