"""`pd-lsp listen`, asked by real requests, and its events in real runs."""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.conftest import ROOT


class Listening:
    """A listener, and where it listens."""

    def __init__(self, *arguments: str | Path) -> None:
        command = [sys.executable, "-m", "pd_lsp", "listen", *map(str, arguments)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stderr
        said = re.search(r"http://\S+", self.process.stderr.readline())
        assert said
        self.url = said[0]

    def send(self, method: str, path: str = "", **request: object) -> httpx.Response:
        return httpx.request(method, self.url + path, trust_env=False, **request)  # type: ignore[arg-type]

    def end(self) -> tuple[str, str]:
        out, err = self.process.communicate(timeout=30)
        return out, err


@pytest.fixture
def listening() -> Iterator[Listening]:
    started = Listening("--once")
    yield started
    started.process.kill()
    started.process.communicate()


def test_a_request_is_printed_as_the_event_of_an_http_trigger(listening: Listening) -> None:
    answer = listening.send("POST", "hook?a=1", json={"name": "Ada"})
    assert (answer.status_code, "Success!" in answer.text) == (200, True)
    event = json.loads(listening.end()[0])
    assert (event["method"], event["path"], event["query"], event["body"]) == (
        "POST",
        "/hook",
        {"a": "1"},
        {"name": "Ada"},
    )
    assert event["headers"]["content-type"] == "application/json"


def test_the_event_of_a_request_feeds_a_run(listening: Listening, tmp_path: Path) -> None:
    step = tmp_path / "step.py"
    step.write_text('def handler(pd):\n    return pd.steps["trigger"]["event"]["body"]["name"]\n')
    listening.send("POST", json={"name": "Ada"})
    command = [sys.executable, "-m", "pd_lsp", "run", str(step), "--event", "-", "--yes", "--sandbox", "--json"]
    done = subprocess.run(command, input=listening.end()[0], capture_output=True, text=True, cwd=ROOT, check=True)
    assert json.loads(done.stdout)["returned"] == "Ada"


def test_it_listens_to_this_machine_alone(listening: Listening) -> None:
    assert listening.url.startswith("http://127.0.0.1:")


def test_a_body_past_the_limit_of_the_platform_is_refused(listening: Listening) -> None:
    assert listening.send("POST", content=b"x" * (512 * 1024 + 1)).status_code == 413
    assert listening.process.poll() is None
    assert listening.send("GET").status_code == 200


def test_an_event_is_saved_only_where_somebody_named_a_workflow(tmp_path: Path) -> None:
    (tmp_path / "workflow.yaml").write_text("schema: workflow/2022.04\n")
    started = Listening("--once", "--save", tmp_path, "sign-up")
    started.send("PUT", content=b"text")
    out, err = started.end()
    saved = json.loads((tmp_path / "events" / "sign-up.json").read_text())
    assert saved == {"event": json.loads(out)}
    assert err == f"Saved as {tmp_path / 'events' / 'sign-up.json'}.\n"


@pytest.mark.parametrize("arguments", [("--save", ".", "x"), ("--port", "0"), ("--port", "99999"), ("--port", "a")])
def test_odd_arguments_are_answered_with_a_sentence(arguments: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "pd_lsp", "listen", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["../x", "a/b", "", "a" * 101])
def test_a_name_never_leads_out_of_the_events(tmp_path: Path, name: str) -> None:
    (tmp_path / "workflow.yaml").write_text("schema: workflow/2022.04\n")
    command = [sys.executable, "-m", "pd_lsp", "listen", "--once", "--save", str(tmp_path), name]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, "is no name for an event" in done.stderr) == (2, True)


def test_a_port_that_is_taken_is_named(listening: Listening) -> None:
    port = listening.url.rpartition(":")[2].strip("/")
    command = [sys.executable, "-m", "pd_lsp", "listen", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert (done.returncode, f"Port {port} can't be listened on" in done.stderr) == (2, True)


def test_it_goes_on_until_it_is_interrupted() -> None:
    started = Listening()
    for number in range(3):
        started.send("GET", f"?n={number}")
    started.process.send_signal(signal.SIGINT)
    out, err = started.end()
    assert [json.loads(line)["query"]["n"] for line in out.splitlines()] == ["0", "1", "2"]
    assert (started.process.returncode, err) == (0, "\n")


@pytest.mark.parametrize("link", ["events", "events/sign-up.json"])
def test_nothing_is_written_through_a_link_of_the_folder(tmp_path: Path, link: str) -> None:
    folder, private = tmp_path / "flow", tmp_path / "private"
    for place in (folder / "events", private):
        place.mkdir(parents=True)
    (folder / "workflow.yaml").write_text("schema: workflow/2022.04\n")
    (private / "sign-up.json").write_text("mine")
    if link == "events":
        (folder / "events").rmdir()
    (folder / link).symlink_to(private if link == "events" else private / "sign-up.json")
    command = [sys.executable, "-m", "pd_lsp", "listen", "--once", "--save", str(folder), "sign-up"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert (done.returncode, "is a link" in done.stderr) == (2, True)
    assert (private / "sign-up.json").read_text() == "mine"


def test_a_text_that_is_none_in_utf_8_is_saved(tmp_path: Path) -> None:
    (tmp_path / "workflow.yaml").write_text("schema: workflow/2022.04\n")
    started = Listening("--once", "--save", tmp_path, "odd")
    started.send("POST", content=b'"\\ud800"', headers={"content-type": "application/json"})
    started.end()
    assert started.process.returncode == 0
    assert json.loads((tmp_path / "events" / "odd.json").read_text())["event"]["body"] == "\ud800"


def test_a_body_that_comes_in_pieces_or_breaks_off_is_no_event(listening: Listening) -> None:
    assert listening.send("POST", content=iter([b"a", b"b"])).status_code == 411
    port = int(listening.url.rpartition(":")[2].strip("/"))
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf")
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(100).startswith(b"HTTP/1.0 400")
    listening.send("GET")
    (event,) = listening.end()[0].splitlines()
    assert json.loads(event)["method"] == "GET"


@pytest.fixture
def lasting() -> Iterator[Listening]:
    """One that goes on, whatever comes."""
    started = Listening()
    yield started
    started.process.kill()
    started.process.communicate()


def interrupted(started: Listening) -> tuple[list[str], str]:
    """The paths of the events that came until Ctrl+C, and what was said."""
    started.process.send_signal(signal.SIGINT)
    out, err = started.end()
    return [json.loads(line)["path"] for line in out.splitlines()], err


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example:80"},
        {"host": "evil.example#127.0.0.1"},
        {"host": ""},
        {"host": "[::1"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_a_request_that_a_web_page_makes_is_refused(lasting: Listening, headers: dict[str, str]) -> None:
    answer = lasting.send("POST", "evil", json={"name": "Mallory"}, headers=headers)
    assert (answer.status_code, "none of web pages elsewhere" in answer.text) == (403, True)
    paths, said = interrupted(lasting)
    assert paths == []
    assert said.startswith("A request ")


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "localhost"},
        {"host": "LOCALHOST:1234"},
        {"host": "[::1]:80"},
        {"origin": "http://localhost:3000", "sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_a_request_of_this_machine_is_taken(lasting: Listening, headers: dict[str, str]) -> None:
    assert lasting.send("POST", "mine", headers=headers).status_code == 200
    assert interrupted(lasting) == (["/mine"], "\n")


def test_a_tunnel_is_answered_where_the_person_names_it() -> None:
    started = Listening("--host", "https://Abc.tunnel.example/")
    assert started.send("GET", "a", headers={"host": "abc.tunnel.example"}).status_code == 200
    assert started.send("GET", "b", headers={"host": "other.tunnel.example"}).status_code == 403
    paths, said = interrupted(started)
    assert paths == ["/a"]
    assert "for the host other.tunnel.example was refused: add --host other.tunnel.example if that is a tunnel" in said


def raw(started: Listening, text: bytes) -> bytes:
    """What comes back for the bytes of a request."""
    port = int(started.url.rpartition(":")[2].strip("/"))
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(text)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (b"Content-Length: -1", b"400"),
        (b"Content-Length: x", b"400"),
        (b"Content-Length: " + b"9" * 5000, b"413"),
        (b"Transfer-Encoding: chunked", b"411"),
        (b"X: " + b"x" * 70_000, b"431"),
    ],
)
def test_an_odd_request_is_refused_and_the_next_is_taken(lasting: Listening, headers: bytes, status: bytes) -> None:
    assert raw(lasting, b"POST / HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n\r\n").split()[1] == status
    assert raw(lasting, b"GET /next HTTP/1.0\r\n\r\n").split()[1] == b"200"
    assert interrupted(lasting) == (["/next"], "\n")


def test_a_connection_that_nobody_uses_keeps_no_request_waiting(lasting: Listening) -> None:
    port = int(lasting.url.rpartition(":")[2].strip("/"))
    idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(3)]
    assert httpx.get(lasting.url, trust_env=False, timeout=5).status_code == 200
    for connection in idle:
        connection.close()


def test_many_requests_at_once_are_as_many_lines(lasting: Listening) -> None:
    body = {"text": "x" * 100_000}
    with ThreadPoolExecutor(8) as pool:
        reading = pool.submit(lambda: [lasting.process.stdout and lasting.process.stdout.readline() for _ in range(24)])
        answers = list(pool.map(lambda number: lasting.send("POST", str(number), json=body), range(24)))
    assert {answer.status_code for answer in answers} == {200}
    assert {json.loads(line or "")["path"] for line in reading.result()} == {f"/{number}" for number in range(24)}


def test_one_that_takes_a_single_request_takes_no_second(listening: Listening) -> None:
    def status(number: int) -> int | None:
        try:
            return listening.send("GET", str(number)).status_code
        except httpx.TransportError:  # it has ended
            return None

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(status, range(8)))
    assert answers.count(200) == 1
    assert set(answers) <= {200, 503, None}
    assert len(listening.end()[0].splitlines()) == 1


def test_where_nobody_reads_any_more_it_ends(lasting: Listening) -> None:
    assert lasting.process.stdout
    lasting.process.stdout.close()
    lasting.send("POST", json={"text": "x"})
    assert lasting.process.wait(30) == 1


def test_where_an_event_can_not_be_saved_it_ends_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "workflow.yaml").write_text("schema: workflow/2022.04\n")
    started = Listening("--save", tmp_path, "sign-up")
    (tmp_path / "events").write_text("in the way")
    started.send("GET")
    _, err = started.end()
    assert (started.process.returncode, "sign-up.json" in err, "Traceback" in err) == (2, True, False)
