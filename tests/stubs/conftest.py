"""The example workspace, set up by `pd-lsp init` with the accounts of the sandbox, and three steps more."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

WRONG = """\
def handler(pd: "pipedream"):
    print(pd.inputs["openai"]["$auth"]["api_kye"])
    auth = pd.inputs.get("mastodon", {}).get("$auth", {})
    print(auth["acces_token"])
    pd.flow.stop("no such thing")
"""
RIGHT = """\
from collections.abc import Mapping
from typing import Any


def secret(account):
    return account["api_key"]


def typed(account: Mapping[str, Any], event: Mapping[str, object]) -> str:
    return f"{account['api_key']} {event.get('body')}"


def handler(pd: "pipedream"):
    auth = pd.inputs["openai"]["$auth"]
    print(auth["api_key"].strip(), secret(auth), (pd.inputs.get("openai") or {}).get("$auth", {}).get("api_key"))
    print(pd.inputs["slack"]["$auth"]["a key that nobody has heard of"])
    print(pd.inputs["not_yet_connected"]["$auth"]["token"], pd.inputs.get("limit", 10) + 1)
    merged = {**pd.inputs["slack"]["$auth"], "more": 1}
    everything = {**pd.inputs, "more": 1}
    print(merged, everything, {**pd.steps["parse_body"]["$return_value"], "more": 1}, "slack" in pd.inputs)
    person = pd.steps.get("parse_body", {}).get("$return_value") or {}
    print(person["name"].title(), pd.steps["nobody_knows"]["$return_value"][0], pd.steps["report"]["lines sent"] + 1)
    typed(auth, pd.steps["trigger"]["event"])
    context, event = pd.steps["trigger"]["context"], pd.steps["trigger"]["event"]
    print(context["id"].upper(), event["body"]["email"], event["headers"]["x-own"], event.get("query", {}).get("a"))
    store = pd.inputs["data_store"]
    store["runs"] = store.get("runs", 0) + 1
    store.set("a", {"b": 1}, ttl=60)
    for key in store.keys():
        del store[key]
    for key, value in store.items():
        print(key, value["b"], "a" in store)
    pd.export("a name with blanks", [1, {"b": None}])
    pd.respond({"status": 200, "headers": {}, "body": {"posted": True}})
    pd.send.email(subject="Done", text="It is done", html=None)
    print(pd.flow.delay(1000)["resume_url"], pd.flow.suspend()["cancel_url"], pd.context["run"]["runs"] + 1)
    pd.flow.rerun(1000, {"page": 2}, 5)
    return pd.flow.exit("enough")
"""
CLIENT = """\
import pipedream as client_module
from pipedream import Pipedream


def make() -> Pipedream:
    return Pipedream(project_id="proj_1")


def wrong() -> int:
    return Pipedream(project_id="proj_1")


def wrong_too() -> int:
    return client_module.Pipedream(project_id="proj_1")


def handler(pd: "pipedream"):
    return make().accounts
"""
MORE = {"wrong": WRONG, "right": RIGHT, "client": CLIENT}


def copy_of_examples(place: Path) -> Path:
    """The example workspace in a folder of the test's own."""
    return Path(shutil.copytree(ROOT / "examples" / "team-tools", place / "team-tools"))


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody may change it: all tests of the folder look at the same one."""
    place = tmp_path_factory.mktemp("checked")
    folder = copy_of_examples(place)
    for name, text in MORE.items():
        step = folder / "more-p_Q1" / name / "entry.py"
        step.parent.mkdir(parents=True)
        step.write_text(text)
    (folder / "ty.toml").touch()
    own = {f"XDG_{name}_HOME": str(place / name) for name in ("STATE", "CACHE", "CONFIG")}
    command = [sys.executable, "-m", "pd_lsp", "init", str(folder), "--mypy", "--sandbox", "--yes"]
    environment = {**os.environ, **own, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr
    return folder
