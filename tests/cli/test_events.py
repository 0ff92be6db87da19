"""`pd-lsp events`: real commands, over real HTTP; and what is saved in real runs."""

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.sandbox import Fault, Sandbox
from pd_lsp.sandbox.faults import dropped, html, other_shape
from tests.cli.person import Person
from tests.conftest import ROOT

EXAMPLES = ROOT / "examples" / "team-tools"
ERRORS = "/v1/workflows/*/$errors/event_summaries"
OF_SHEET = "schema: workflow/2022.04\ntriggers:\n- id: dc_Rw5NvTz\n"


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    """A workflow that is started by HTTP, without saved events."""
    copied = tmp_path / "project" / "new-sign-up-p_V9Ch2Lk"
    shutil.copytree(EXAMPLES / copied.name, copied)
    shutil.rmtree(copied / "events")
    return copied


@pytest.fixture
def pd_lsp(own_folders: Path, steps_python: Path) -> Any:
    assert own_folders

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        runs = ["--yes", "--python", str(steps_python)] if arguments[0] in ("run", "replay") else []
        command = [sys.executable, "-m", "pd_lsp", *map(str, arguments), "--sandbox", *runs]
        return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)

    return call


@pytest.fixture
def with_key(without_keyring: Person, sandbox: Sandbox) -> Person:
    """Somebody with a user API key, who reaches the sandbox as api.pipedream.com."""
    proxies = {"HTTPS_PROXY": sandbox.proxy, "SSL_CERT_FILE": str(sandbox.certificate), "NO_PROXY": "", "no_proxy": ""}
    return without_keyring.with_variables(PIPEDREAM_API_KEY=sandbox.api_key, **proxies)


def saved(flow: Path) -> list[str]:
    return sorted(file.name for file in (flow / "events").glob("*")) if (flow / "events").exists() else []


def test_failed_events_are_listed_with_their_errors_and_nothing_is_written(pd_lsp: Any, flow: Path) -> None:
    done = pd_lsp("events", "failed", flow)
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert lines[0] == "2026-11-02 08:02:00Z  1793606520000-0       failed in parse_body: POST / with name, email"
    assert lines[1] == "KeyError: 'plan'"
    assert lines[-1] == "JSONDecodeError: Expecting value: line 1 column 1 (char 0)"
    assert (done.returncode, done.stderr, saved(flow)) == (0, "", [])


def test_a_failed_event_is_saved_with_what_it_failed_for_and_fails_here_too(pd_lsp: Any, flow: Path) -> None:
    done = pd_lsp("events", "failed", flow / "parse_body", "--save", "1793606400000-0")
    file = flow / "events" / "failed-20261102-080000-000.json"
    assert f"Saved as {file}" in done.stdout
    assert saved(flow) == [file.name]
    assert json.loads(file.read_text())["context"]["workflow_id"] == "p_V9Ch2Lk"
    ran = pd_lsp("run", flow / "parse_body", "--event", file, "--json")
    assert json.loads(ran.stdout)["error"]["message"] == "Expecting value: line 1 column 1 (char 0)"


def test_saved_events_are_replayed_in_the_order_of_their_time(pd_lsp: Any, flow: Path) -> None:
    pd_lsp("events", "failed", flow, "--save", "all")
    assert saved(flow) == sorted(f"failed-20261102-080{minute}00-000.json" for minute in range(3))
    rows = pd_lsp("replay", flow / "parse_body", flow / "events", "--jobs", "1").stdout.splitlines()
    assert [row.split()[:2] for row in rows] == [
        ["failed-20261102-080000-000", "raised"],
        ["failed-20261102-080100-000", "succeeded"],
        ["failed-20261102-080200-000", "succeeded"],
        ["2", "of"],
    ]


def test_the_events_of_what_starts_a_workflow_feed_its_steps(pd_lsp: Any, flow: Path) -> None:
    assert pd_lsp("events", "recent", flow, "--limit", "1", "--save", "all").returncode == 0
    file = flow / "events" / "event-20261102-080200-000.json"
    assert saved(flow) == [file.name]
    ran = pd_lsp("run", flow / "parse_body", "--event", file, "--json")
    assert json.loads(ran.stdout)["returned"] == {
        "name": "Katherine Johnson",
        "email": "katherine@example.com",
        "plan": "free",
    }


def test_a_source_of_the_workflow_is_found_in_its_file(pd_lsp: Any, tmp_path: Path) -> None:
    (tmp_path / "workflow.yaml").write_text(OF_SHEET)
    document = json.loads(pd_lsp("events", "recent", tmp_path, "--json").stdout)
    assert [event["event"]["newRow"][0] for event in document["events"]] == [
        "Katherine Johnson",
        "Grace Hopper",
        "Ada Lovelace",
    ]


def test_one_json_document_has_all_of_it(pd_lsp: Any, flow: Path) -> None:
    document = json.loads(pd_lsp("events", "failed", flow, "--json", "--limit", "1", "--save", "all").stdout)
    (event,) = document["events"]
    assert document["problems"] == []
    assert event.pop("event")["body"]["name"] == "Katherine Johnson"
    assert event.pop("context")["trace_id"] == "2pQ2"
    assert event == {
        "id": "1793606520000-0",
        "origin": "p_V9Ch2Lk",
        "at": "2026-11-02T08:02:00Z",
        "summary": "POST / with name, email",
        "failed": True,
        "step": "parse_body",
        "error": "KeyError: 'plan'",
        "saved": str(flow / "events" / "failed-20261102-080200-000.json"),
    }


def test_an_event_is_never_written_over(pd_lsp: Any, flow: Path) -> None:
    (flow / "events").mkdir()
    mine = flow / "events" / "failed-20261102-080200-000.json"
    mine.write_text('{"event": "mine"}')
    for said in ("Saved as", "Was saved before as"):
        done = pd_lsp("events", "failed", flow, "--limit", "1", "--save", "all")
        assert f"{said} {flow / 'events' / 'failed-20261102-080200-000-2.json'}" in done.stdout
    assert mine.read_text() == '{"event": "mine"}'
    assert len(saved(flow)) == 2


def test_an_id_that_is_not_listed_is_said(pd_lsp: Any, flow: Path) -> None:
    done = pd_lsp("events", "failed", flow, "--save", "../../x")
    assert (done.returncode, saved(flow)) == (2, [])
    assert "No event ../../x is listed: take an id from the list, or raise --limit." in done.stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["recent"], "so that nothing says what is meant: name a step, or add --source dc_…"),
        (["failed"], "so that nothing says what is meant: name a step, or add --workflow p_…"),
        (["failed", "--workflow", "p_V9Ch2Lk", "--save", "all"], "so that nothing can be saved beside one"),
        (["failed", "--workflow", "p_V9Ch2Lk/../.."], "A workflow has an id such as p_abc123"),
        (["recent", "--source", "p_V9Ch2Lk"], "A source has an id such as dc_abc123"),
        (["recent", "--source", "dc_x", "--workspace", "x"], "A workspace has an id such as o_abc123"),
        (["recent", "--source", "dc_x"], "Pipedream has no source dc_x that this key can read: check its id, or name"),
        (["recent", "nowhere"], "There is no nowhere: name a step, or the folder of its workflow."),
        (["failed", "--limit", "0"], "it takes a number from 1 to 100"),
        (["failed", "--limit", "101"], "it takes a number from 1 to 100"),
        (["failed", "--limit", "0000000011"], "it takes a number from 1 to 100"),
    ],
)
def test_what_is_no_good_question_is_a_sentence(without_keyring: Person, arguments: list[str], says: str) -> None:
    done = without_keyring.types("events", *arguments, "--sandbox")
    assert (done.code, done.out) == (2, "")
    assert says in done.err


@pytest.mark.parametrize(
    ("text", "says"),
    [("schema: workflow/2022.04\n", "names no trigger: name a source, such as dc_abc123"), ("a: [", "is broken YAML")],
)
def test_a_workflow_that_says_too_little_is_a_sentence(without_keyring: Person, text: str, says: str) -> None:
    (without_keyring.folder / "workflow.yaml").write_text(text)
    assert says in without_keyring.types("events", "recent", "--sandbox").err


def test_a_link_that_leads_to_itself_is_a_sentence(without_keyring: Person) -> None:
    (without_keyring.folder / "loop").symlink_to("loop")
    assert "There is no loop: name a step" in without_keyring.types("events", "recent", "loop").err


def test_a_workflow_whose_id_nothing_says_is_a_sentence(without_keyring: Person) -> None:
    (without_keyring.folder / "workflow.yaml").write_text(OF_SHEET)
    said = without_keyring.types("events", "failed", "--sandbox").err
    assert "Nothing says which workflow somewhere is: name its id, such as p_abc123." in said


def test_a_workflow_further_up_is_not_taken(without_keyring: Person) -> None:
    (without_keyring.folder / "workflow.yaml").write_text(OF_SHEET)
    deep = without_keyring.folder / "a" / "b" / "c"
    deep.mkdir(parents=True)
    assert "There is no workflow.yaml at" in without_keyring.types("events", "recent", deep, "--sandbox").err


def test_who_is_signed_out_hears_of_the_command(without_keyring: Person, flow: Path) -> None:
    done = without_keyring.types("events", "failed", flow)
    assert (done.code, done.out) == (2, "")
    assert "type `pd-lsp login --api-key` in a terminal" in done.err


def test_an_oauth_client_alone_is_not_enough(without_keyring: Person, sandbox: Sandbox, flow: Path) -> None:
    client = without_keyring.with_variables(
        PIPEDREAM_PROJECT_ID=sandbox.project_id,
        PD_LSP_EXTERNAL_USER_ID="me",
        PIPEDREAM_CLIENT_ID=sandbox.client_id,
        PIPEDREAM_CLIENT_SECRET=sandbox.client_secret,
    )
    done = client.types("events", "failed", flow)
    assert (done.code, "this sign-in is an OAuth client's" in done.err) == (2, True)


def test_a_key_of_ones_own_is_enough(with_key: Person, flow: Path) -> None:
    document = with_key.types("events", "failed", flow, "--json").document
    assert len(document["events"]) == 3


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (Fault(status=401), "Pipedream refused the key from PIPEDREAM_API_KEY"),
        (Fault(status=404), "Pipedream has no workflow p_V9Ch2Lk that this key can read"),
        (Fault(status=429, retry_after=300), "api.pipedream.com is busy (status 429): try again in 5 min."),
        (Fault(status=503, retry_after=300), "api.pipedream.com is busy (status 503): try again in 5 min."),
        (html(), "What api.pipedream.com answered is no JSON"),
        (other_shape({"data": 7}), "Pipedream's list of events has another shape than expected"),
    ],
)
def test_a_service_that_fails_is_one_sentence(
    with_key: Person, sandbox: Sandbox, flow: Path, fault: Fault, says: str
) -> None:
    sandbox.fail(fault, path=ERRORS, times=None)
    done = with_key.types("events", "failed", flow, "--save", "all")
    assert (done.code, done.out, saved(flow)) == (2, "", [])
    assert done.err.startswith("pd-lsp: ")
    assert done.err.count("\n") == 1
    assert says in done.err


def test_a_network_that_breaks_off_is_tried_again(with_key: Person, sandbox: Sandbox, flow: Path) -> None:
    sandbox.fail(dropped(), path=ERRORS)
    assert with_key.types("events", "failed", flow).code == 0


HOSTILE = {"method": "\x1b]0;x\x07GET", "path": "/../../etc/\x1b[2J", "body": {"\x9b31m\u202e": "s3cret"}}


def test_hostile_names_neither_reach_the_screen_nor_a_path(with_key: Person, sandbox: Sandbox, flow: Path) -> None:
    entries = [
        {"id": "../../../evil", "indexed_at_ms": 1, "event": 1},
        {"id": "..", "indexed_at_ms": 1, "event": 1},
        {"id": "a.:=b", "event": {"original_event": HOSTILE, "error": {"stack": "\x1b[2J\x07no"}}},
    ]
    sandbox.fail(other_shape({"data": entries}), path=ERRORS)
    with with_key.at_terminal("events", "failed", flow, "--save", "all") as terminal:
        assert terminal.ends() == 0
        shown = terminal.shown
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(shown)
    assert "s3cret" not in shown
    assert saved(flow) == ["failed-a-b.json"]
    assert sorted(file.name for file in flow.parent.iterdir()) == [flow.name]


def test_an_event_without_anything_to_run_with_is_said_and_the_others_are_saved(
    with_key: Person, sandbox: Sandbox, flow: Path
) -> None:
    entries = [
        {"id": "2-0", "indexed_at_ms": 1606370816223, "event": {"error": {"code": "Timeout"}}},
        {"id": "1-0", "indexed_at_ms": 1606370816222, "event": {"original_event": "x" * 6_100_000}},
        {"id": "0-0", "indexed_at_ms": 1606370816221, "event": {"original_event": None, "error": {"code": "E"}}},
    ]
    sandbox.fail(other_shape({"data": entries}), path=ERRORS)
    done = with_key.types("events", "failed", flow, "--save", "all")
    assert done.code == 2
    assert saved(flow) == ["failed-20201126-060656-221.json"]
    assert "The event 2-0 came without the event that it failed for, so there is nothing to run a step with" in done.err
    assert "failed-20201126-060656-222.json would be larger than 6 MB, which no run takes." in done.err
    assert len(done.out) < 2000


def test_a_folder_that_can_not_be_written_is_a_sentence(with_key: Person, flow: Path) -> None:
    no_room = ("sh", "-c", 'ulimit -f 0; exec "$@"', "sh")
    done = replace(with_key, program=(*no_room, *with_key.program)).types("events", "failed", flow, "--save", "all")
    assert (done.code, saved(flow)) == (2, [])
    assert "failed-20261102-080000-000.json can't be written (File too large): check its folder's rights" in done.err


def test_a_link_of_the_folder_is_not_followed(pd_lsp: Any, flow: Path, tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir()
    (flow / "events").symlink_to(private)
    done = pd_lsp("events", "failed", flow, "--save", "all")
    assert (done.returncode, list(private.iterdir())) == (2, [])
    assert "lies in a linked folder: take another name, or remove it" in done.stderr
