"""The world of the canaries itself: a secret is found in each place where it may not be, and let by where it may."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pd_lsp.sandbox.exchange import Request
from tests.leaks.named_pipe import make_way, open_way
from tests.leaks.world import LEGITIMATE, World


def secret(world: World) -> str:
    return world.planted["account"]["GITHUB"].value


def asked(world: World, **parts: object) -> None:
    wanted = {"method": "GET", "host": "", "target": "/v1/accounts", "headers": {}, **parts}
    world.sandbox._listener.answer(Request(**wanted))  # type: ignore[arg-type]


def written(world: World, path: str, content: str) -> None:
    file = world.folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content)


def started(world: World, **given: object) -> None:
    """As though pd-lsp had started a process: what the hook in it notes."""
    hooked = Path(__file__).parent / "observed.py"
    code = f"import sys, runpy, subprocess\nobserve = runpy.run_path({str(hooked)!r})['_observe']\n"
    code += f"observe({str(world._notes)!r})\nsubprocess.run(**{given!r})\n"
    subprocess.run([sys.executable, "-c", code], check=True)


FOUND: dict[str, Callable[[World], None]] = {
    "standard output": lambda world: world.heard("it", secret(world).encode(), b""),
    "standard error": lambda world: world.heard("it", b"", base64.b64encode(secret(world).encode())),
    "a file": lambda world: written(world, "home/.config/odd", json.dumps({"token": secret(world)})),
    "a file in the temporary folder": lambda world: written(world, "tmp/pd-lsp-run-1/x", secret(world)),
    "a file of the workspace": lambda world: written(world, "workspace/out.json", secret(world).encode().hex()),
    "the name of a file": lambda world: written(world, f"state/{secret(world)}.json", ""),
    "the address of a request": lambda world: asked(world, target=f"/v1/accounts?key={secret(world)}"),
    "a header of a request": lambda world: asked(world, headers={"x-debug": secret(world)}),
    "the body of a request": lambda world: asked(world, method="POST", body=secret(world).encode()),
    "arguments of a process": lambda world: started(world, args=["true", secret(world)]),
    "environment of a process": lambda world: started(world, args=["true"], env={**os.environ, "X": secret(world)}),
}


@pytest.mark.parametrize("leak", FOUND.values(), ids=FOUND)
def test_a_secret_is_found(world: World, leak: Callable[[World], None]) -> None:
    leak(world)
    with pytest.raises(AssertionError, match="‹account: GitHub token›") as found:
        world.check()
    assert secret(world)[8:16] not in str(found.value)
    world.check()


LET_BY: dict[str, Callable[[World], None]] = {
    "the Authorization header of a request to the API": lambda world: asked(
        world, headers={"authorization": f"Bearer {secret(world)}"}
    ),
    "the body of a sign-in at the API": lambda world: asked(
        world, method="POST", target="/v1/oauth/token", body=json.dumps({"client_secret": secret(world)}).encode()
    ),
    "requests to apps": lambda world: asked(world, host="slack.com", target=f"/{secret(world)}"),
    "the step's data store": lambda world: written(world, "state/pd-lsp/data_stores/1/s.sqlite", secret(world)),
    "the project's .env": lambda world: written(world, "workspace/other/.env", f"X={secret(world)}"),
}
OF_THEIR_OWN = {"the step's process", "the keyring", "the environment of the program that the person starts"}
"""These are no places that are searched."""


@pytest.mark.parametrize("destination", LET_BY.values(), ids=LET_BY)
def test_what_a_secret_is_for_is_no_leak(world: World, destination: Callable[[World], None]) -> None:
    destination(world)
    world.check()


def test_every_destination_that_is_let_by_is_named() -> None:
    assert LET_BY.keys() | OF_THEIR_OWN == LEGITIMATE.keys()


@pytest.mark.parametrize("hidden", ["arguments", "environment"])
def test_what_a_process_far_below_was_started_with_is_seen(world: World, tmp_path: Path, hidden: str) -> None:
    way = make_way(tmp_path, "way")
    arguments = [secret(world)] if hidden == "arguments" else []
    below = f"import subprocess; subprocess.run(['sh', '-c', 'read x < {way}', *{arguments!r}])"
    environment = {**os.environ, **({} if arguments else {"X": secret(world)})}
    with subprocess.Popen([sys.executable, "-c", below], env=environment):
        pipe = open_way(way)
        world.look_around()
        os.close(pipe)
    with pytest.raises(AssertionError, match=f"{hidden} of process"):
        world.check()
