"""`pd-lsp listen`, asked by real requests, and its events in real runs."""

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
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
