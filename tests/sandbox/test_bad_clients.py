"""`pd-lsp sandbox` as a process, and clients that do everything wrong: an answer where one is due, no traceback."""

import json
import socket
import ssl
import struct
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

POST = b"POST /v1/oauth/token HTTP/1.1\r\nHost: sandbox\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
TUNNEL = b"CONNECT slack.com:443 HTTP/1.1\r\nHost: slack.com:443\r\n\r\n"
TOO_LARGE = 10_000_001
PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Served:
    """A sandbox in a process of its own."""

    process: "subprocess.Popen[bytes]"
    announced: dict[str, str]
    stderr: Path

    @property
    def address(self) -> tuple[str, int]:
        host, _, port = self.announced["url"].removeprefix("http://").partition(":")
        return host, int(port)

    @property
    def grant(self) -> dict[str, str]:
        return {"grant_type": "client_credentials"} | {
            name: self.announced[name] for name in ("client_id", "client_secret")
        }

    def say(self, *pieces: bytes) -> bytes:
        """All that comes back after `pieces`, when nothing more is sent."""
        with socket.create_connection(self.address, timeout=PATIENCE) as client:
            for piece in pieces:
                client.sendall(piece)
            client.shutdown(socket.SHUT_WR)
            heard = bytearray()
            with suppress(ConnectionResetError):
                while part := client.recv(65_536):
                    heard += part
            return bytes(heard)

    def still_serves(self) -> bool:
        """Whether it signs people in, and has had nothing to complain about."""
        answer = httpx.post(f"{self.announced['url']}/v1/oauth/token", json=self.grant, trust_env=False)
        return answer.status_code == 200 and self.stderr.read_text() == ""


@contextmanager
def serving(folder: Path) -> Iterator[Served]:
    stderr = folder / "stderr"
    command = [sys.executable, "-W", "always::ResourceWarning", "-m", "pd_lsp"]
    with (
        stderr.open("wb") as errors,
        subprocess.Popen(
            [*command, "sandbox", "--json", "--until-stdin-ends"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        ) as process,
    ):
        assert process.stdout
        line = process.stdout.readline()
        assert line, stderr.read_text()
        yield Served(process, json.loads(line), stderr)
        process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("sandbox")) as running:
        yield running


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"\x16\x03\x01\x00\xf4garbage\r\n\r\n", 400),
        (b"\x00" * 1000 + b"\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 505),
        (b"GET / HTTP/x\r\n\r\n", 400),
        (b"BREW /v1/oauth/token HTTP/1.1\r\n\r\n", 501),
        (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: 1\r\n" % number for number in range(200)) + b"\r\n", 431),
        (b"GET http://[ HTTP/1.1\r\n\r\n", 400),
        (b"GET http:// HTTP/1.1\r\n\r\n", 400),
        (b"GET nonsense HTTP/1.1\r\n\r\n", 400),
        (b"CONNECT nonsense HTTP/1.1\r\n\r\n", 403),
        (POST + b"Content-Length: -1\r\n\r\n", 400),
        (POST + b"Content-Length: \xb2\r\n\r\n", 400),
        (POST + b"Content-Length: many\r\n\r\n", 400),
        (POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n", 400),
        (POST + b"Transfer-Encoding: gzip\r\n\r\n", 501),
        (CHUNKED + b"size\r\n", 400),
        (CHUNKED + b"-5\r\nabcde\r\n", 400),
        (CHUNKED + b"2\r\nabcde\r\n0\r\n\r\n", 400),
        (CHUNKED + b"0\r\n" + b"x: y\r\n" * 200, 400),
    ],
)
def test_what_is_no_request_is_refused_with_a_sentence(served: Served, said: bytes, status: int) -> None:
    head, _, body = served.say(said).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert json.loads(body)["error"]
    assert served.still_serves()


@pytest.mark.parametrize(
    "half",
    [
        b"",
        b"\r\n",
        POST + b"Content-Length: 50\r\n\r\n{",
        CHUNKED + b"5\r\nab",
        CHUNKED + b"ffffffffffffff\r\nab",
        TUNNEL,
        TUNNEL + b"this is not TLS",
        TUNNEL + b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    ],
)
def test_half_a_request_is_never_taken_for_a_whole_one(served: Served, half: bytes) -> None:
    assert b"application/json" not in served.say(half)
    assert served.still_serves()


def test_a_half_request_whose_client_vanishes_is_no_news(served: Served) -> None:
    for half in (POST, TUNNEL, CHUNKED + b"5\r\nab"):
        with socket.create_connection(served.address, timeout=PATIENCE) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # closing resets
            client.sendall(half)
    assert served.still_serves()


def test_a_tunnel_in_a_tunnel_is_refused(served: Served) -> None:
    context = ssl.create_default_context(cafile=served.announced["certificate"])
    with socket.create_connection(served.address, timeout=PATIENCE) as plain:
        plain.sendall(TUNNEL)
        assert plain.recv(65_536).startswith(b"HTTP/1.1 200 ")
        with context.wrap_socket(plain, server_hostname="slack.com") as secured:
            secured.sendall(b"CONNECT api.github.com:443 HTTP/1.1\r\n\r\n")
            assert secured.recv(65_536).startswith(b"HTTP/1.1 403 ")
    assert served.still_serves()


def test_a_host_with_control_characters_is_not_repeated(served: Served) -> None:
    said = served.say(b"CONNECT \x1b[31mevil:443 HTTP/1.1\r\n\r\n")
    assert b"\x1b" not in said
    assert b"does not stand in for that host" in said


def test_a_client_that_does_not_trust_the_authority_is_no_news(served: Served) -> None:
    with (
        httpx.Client(proxy=served.announced["proxy"], trust_env=False) as client,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        client.get("https://slack.com/api/auth.test")
    assert served.still_serves()


def test_a_tunnel_that_ends_leaves_nothing_open(served: Served) -> None:
    context = ssl.create_default_context(cafile=served.announced["certificate"])
    with httpx.Client(proxy=served.announced["proxy"], verify=context, trust_env=False) as client:
        assert client.get("https://slack.com/api/auth.test").json() == {"ok": False, "error": "not_authed"}
        assert client.get("https://slack.com/api/auth.test", headers={"connection": "close"}).status_code == 200
    assert served.still_serves()


def test_http_1_0_gets_an_answer_and_the_end_of_the_connection(served: Served) -> None:
    body = json.dumps(served.grant).encode()
    request = b"POST /v1/oauth/token HTTP/1.0\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    with socket.create_connection(served.address, timeout=PATIENCE) as client:
        client.sendall(request)
        heard = b"".join(iter(lambda: client.recv(65_536), b""))
    head, _, answer = heard.partition(b"\r\n\r\n")
    assert b" 200 " in head.splitlines()[0]
    assert "access_token" in json.loads(answer)


def test_several_requests_on_one_connection_are_answered_in_turn(served: Served) -> None:
    heard = served.say(b"GET /first HTTP/1.1\r\n\r\n" * 3)
    assert heard.count(b"HTTP/1.1 401 ") == 3


def test_a_body_in_chunks_is_read_as_one(served: Served) -> None:
    pieces = (bytes([byte]) for byte in json.dumps(served.grant).encode())
    answer = httpx.post(f"{served.announced['url']}/v1/oauth/token", content=pieces, trust_env=False)
    assert "access_token" in answer.json()


def test_trailers_and_extensions_of_chunks_are_passed_over(served: Served) -> None:
    said = served.say(CHUNKED + b"2;a=b\r\n{}\r\n0\r\nx: y\r\n\r\n")
    assert said.count(b"HTTP/1.1 ") == 1
    assert b"unsupported_grant_type" in said


def test_a_client_that_asks_before_it_sends_is_told_to_go_on(served: Served) -> None:
    with socket.create_connection(served.address, timeout=PATIENCE) as client:
        client.sendall(POST + b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        assert client.recv(65_536).startswith(b"HTTP/1.1 100 ")
        client.sendall(b"{}")
        assert client.recv(65_536).startswith(b"HTTP/1.1 400 ")


def test_a_body_of_10_mb_is_read(served: Served) -> None:
    text = json.dumps(served.grant).encode()
    content = text + b" " * (10_000_000 - len(text))
    answer = httpx.post(f"{served.announced['url']}/v1/oauth/token", content=content, trust_env=False)
    assert "access_token" in answer.json()


@pytest.mark.parametrize("in_chunks", [False, True])
def test_a_body_over_10_mb_is_refused(served: Served, in_chunks: bool) -> None:
    content = (b"x" * 65_536 for _ in range(TOO_LARGE // 65_536 + 1)) if in_chunks else b"x" * TOO_LARGE
    answer = httpx.post(f"{served.announced['url']}/v1/oauth/token", content=content, trust_env=False)
    assert (answer.status_code, answer.json()) == (413, {"error": "The body is larger than 10 MB."})
    assert served.still_serves()


def test_it_ends_with_its_standard_input_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with serving(tmp_path) as running:
        certificate = Path(running.announced["certificate"])
        assert certificate.is_file()
        assert running.process.poll() is None
        waiting = socket.create_connection(running.address, timeout=PATIENCE)
        waiting.sendall(b"GET / HTTP/1.1\r\n\r\n")
        assert waiting.recv(65_536).startswith(b"HTTP/1.1 401 ")  # a connection that nobody took yet would be reset
    with waiting:
        assert waiting.recv(1) == b""
    assert running.process.returncode == 0
    assert running.stderr.read_text() == ""
    assert not certificate.parent.exists()


def test_a_port_that_is_taken_is_a_sentence(served: Served) -> None:
    command = [sys.executable, "-m", "pd_lsp", "sandbox", "--port", str(served.address[1])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"pd-lsp: Port {served.address[1]} is taken: choose another, or leave --port out.\n"
