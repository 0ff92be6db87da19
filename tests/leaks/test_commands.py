"""Every command, with the secrets planted wherever a command could meet one.

A new command, or a new way of one, is a line in COMMANDS.
"""

import json
import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.leaks.named_pipe import open_way
from tests.leaks.showing import step_that_ends, step_that_shows, step_that_waits
from tests.leaks.workflow import workflow_in
from tests.leaks.world import LOCAL_APP, World

ALL_OF_IT = ("--yes", "--python", "{python}")
COMMANDS: dict[str, tuple[int, tuple[str, ...]]] = {
    "accounts": (0, ("accounts",)),
    "accounts --json": (0, ("accounts", "--json")),
    "accounts connect": (0, ("accounts", "connect", "slack_v2", "--no-browser")),
    "allow": (0, ("allow", "{flow}/gives/entry.py", "--python", "{python}")),
    "check": (1, ("check", ".", "--refresh")),
    "check --json": (1, ("check", ".", "--json")),
    "data-store list": (0, ("data-store", "list", "{flow}")),
    "demo": (0, ("demo", "--python", "{python}")),
    "doctor": (0, ("doctor",)),
    "env": (0, ("env", "KEPT_IN_THE_SHELL")),
    "events failed": (0, ("events", "failed", "{known_flow}")),
    "events recent": (0, ("events", "recent", "{known_flow}")),
    "init": (0, ("init", ".", "--yes")),
    "replay": (
        0,
        ("replay", "{flow}/gives", "{flow}/events", "--save", "{tmp}/outcomes.json", "--jobs", "1", *ALL_OF_IT),
    ),
    "run": (0, ("run", "{flow}/gives", *ALL_OF_IT)),
    "run --json": (0, ("run", "{keeping}", "--json", *ALL_OF_IT)),
    "run --through": (1, ("run", "{flow}/fails", "--through", *ALL_OF_IT)),
    "run --through --json": (0, ("run", "{flow}/shows", "--through", "--json", *ALL_OF_IT)),
    "run, with too little time": (1, ("run", "{waiting}", "--time-limit", "2", *ALL_OF_IT)),
    "run, with too little memory": (0, ("run", "{flow}/gives", "--memory-limit", "64", *ALL_OF_IT)),
    "run, with any value": (0, ("run", "{odd}", "--any-value", "--json", *ALL_OF_IT)),
    "run, with too large a result": (1, ("run", "{failing}", "--size-limit", "1", *ALL_OF_IT)),
    "run, of no account": (2, ("run", "{flow}/gives", "--account", "canaries=apn_other", *ALL_OF_IT)),
    "runs list": (0, ("runs", "list")),
    "runs list --json": (0, ("runs", "list", "{flow}/gives", "--json")),
    "runs save-event": (0, ("runs", "save-event", "{flow}/gives", "--as", "kept", "--with-steps", "--force")),
    "runs show": (0, ("runs", "show", "{flow}/gives")),
    "runs show --json": (0, ("runs", "show", "{flow}/gives", "--json")),
    "stub": (0, ("stub", ".")),
    "template": (0, ("template", "slack_v2")),
    "trust": (0, ("trust", ".")),
    "whoami": (0, ("whoami",)),
}
"""By name: the exit code, which tells that it did what it was called for, and the arguments."""


@pytest.fixture(scope="module")
def flow(world: World) -> Path:
    """A workflow whose first step has run, so that there is something to list and to show."""
    folder = workflow_in(world)
    assert world.types("run", folder / "gives", "--yes", "--python", world.steps_python).code == 0
    return folder


def filled(world: World, arguments: tuple[str, ...], flow: Path) -> list[str]:
    way = world.folder / "notes" / "nobody"
    if not way.exists():
        os.mkfifo(way)
    waiting = world.step(step_that_waits(str(way)), "waiting.py")
    odd = world.step(step_that_ends("return {values[0]: set(values), 'type': type(values[0], (), {})}"), "odd.py")
    known = workflow_in(world, world.sandbox.workflow_ids[0])
    failing = world.step(step_that_ends("raise ValueError(*values)"), "failing.py")
    keeping = world.step(step_that_shows("pd.inputs['data_store'][name] = [value]\nprint(value)"), "keeping.py")
    places = {
        "failing": failing,
        "keeping": keeping,
        "flow": flow,
        "known_flow": known,
        "python": world.steps_python,
        "tmp": world.folder / "tmp",
        "waiting": waiting,
        "odd": odd,
    }
    return [argument.format(**places) for argument in arguments]


@pytest.mark.parametrize(("code", "arguments"), COMMANDS.values(), ids=COMMANDS)
def test_no_secret_comes_out_of_a_command(world: World, flow: Path, code: int, arguments: tuple[str, ...]) -> None:
    done = world.types(*filled(world, arguments, flow))
    assert done.code == code, done.err
    if arguments[0] in ("run", "replay") and code < 2:
        assert "canaries.SLACK" in done.out + done.err
    world.check()


@pytest.mark.parametrize("app", ["canaries", LOCAL_APP])
def test_all_values_come_to_the_step_and_to_nobody_else(world: World, app: str) -> None:
    step = world.step(
        f'def handler(pd):\n    auth = pd.inputs["{app}"]["$auth"]\n    return [auth, sum(map(len, auth.values()))]\n'
    )
    done = world.types("run", step, "--json", "--yes", "--python", world.steps_python)
    planted = world.planted["account" if app == "canaries" else "account kept here"]
    assert f" {sum(len(canary.value) for canary in planted.values())}" in done.out
    world.check()


def test_an_event_that_holds_every_value_is_kept_and_saved_without_them(world: World) -> None:
    flow = workflow_in(world, "p_2")
    event = world.folder / "passwords" / "event.json"
    event.write_text(
        json.dumps({"event": {canary.value: canary.value for canary in world.planted["account"].values()}})
    )
    step = world.step(step_that_ends("return pd.steps['trigger']['event']"), f"{flow.name}/gives/entry.py")
    assert world.types("run", step, "--event", event, "--yes", "--python", world.steps_python).code == 0
    world.types("runs", "save-event", step, "--as", "with-values")
    world.types("runs", "show", step, "--json")
    world.check()


def test_a_step_that_is_watched_shows_none(world: World) -> None:
    step = world.step(step_that_ends("return values"), "watched.py")
    command = world.program("run", step, "--watch", "--yes", "--python", world.steps_python)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment, cwd=world.workspace
    ) as watching:
        assert watching.stderr
        err = b""
        for text in (step_that_ends("raise ValueError(values)"), ""):
            while b"Watching" not in (line := watching.stderr.readline()):
                assert line, err.decode()
                err += line
            world.look_around()
            step.write_text(text)
        watching.send_signal(signal.SIGINT)
        out, rest = watching.communicate(timeout=30)
    world.heard("pd-lsp run --watch", out, err + rest)
    world.check()


def test_a_run_that_is_interrupted_shows_none_and_neither_do_its_processes(world: World) -> None:
    way = world.folder / "notes" / "way"
    os.mkfifo(way)
    step = world.step(step_that_waits(str(way)), "interrupted.py")
    command = world.program("run", step, "--json", "--yes", "--python", world.steps_python)
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=world.environment, cwd=world.workspace
    ) as running:
        opened = open_way(way)
        world.look_around()
        running.send_signal(signal.SIGINT)
        world.heard("pd-lsp run", *running.communicate(timeout=30))
        os.close(opened)
    world.check()


def test_what_is_kept_in_a_data_store_is_shown_only_to_who_asks_for_it(world: World, flow: Path) -> None:
    world.types("run", flow / "keeps", "--yes", "--python", world.steps_python)
    assert "14" in world.types("data-store", "list", flow).out
    world.check()


def test_nothing_is_left_when_the_person_signs_out(world: World) -> None:
    world.types("logout", "--yes")
    world.check()
