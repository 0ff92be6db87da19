"""Code that is right: what docs/platform.md, section 1, says that a step can do, and the example steps."""

from pathlib import Path

import pytest

from pd_lsp.features.diagnostics import diagnose
from pd_lsp.model import Accounts
from pd_lsp.runs.step_file import read_step
from tests import samples
from tests.conftest import ROOT

OFFICIAL = r"""
    print(pd.steps["trigger"]["context"]["id"])
    return {"foo": {"test": True}}

    pd.export("name", {"a": [1, 2.5, None, True]})

    pd.export("sensitivity result:", "high")

    return [1, "two"]

    pd.send.email(subject="Done", text="All of it", html=None)

    print(pd.context["run"]["runs"])

    event = pd.steps["trigger"]["event"]
    return event["body"]["name"]

    return pd.steps["trigger"]["event"]["headers"]["from"]["value"][0]["address"]

    return pd.steps["fetch"]["$return_value"]["id"]

    return pd.steps["fetch"]["rows"]

    if "fetch" in pd.steps:
        return pd.steps["fetch"]["$return_value"]

    if "$return_value" not in pd.steps["fetch"]:
        return "nothing"

    return {name: value for name, value in pd.steps["fetch"].items() if name.startswith("x")}

    return pd.steps.get("fetch", {}).get("$return_value")

    return pd.steps["fetch"]["$summary"]

    NAME = "fetch"
    return pd.steps[NAME]["$return_value"]

    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    print(len(headers))

    token = f'{pd.inputs["slack"]["$auth"]["oauth_access_token"]}'
    print(len(token))

    auth = pd.inputs["github_1"]["$auth"]
    print(len(auth["oauth_access_token"]))

    creds = pd.inputs.get("slack", {}).get("$auth", {})
    name = creds.get("username") or creds.get("user")
    print(len(name))

    if "slack" in pd.inputs:
        print(len(pd.inputs["slack"]["$auth"]))

    try:
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    except KeyError:
        raise Exception("Connect Slack")
    print(len(token))

    pd.respond({"status": 200, "body": {"message": "Everything is ok"}})

    pd.respond({"status": 200, "headers": {"content-type": "text/plain"}, "body": "ok"})

    return pd.flow.exit("Exiting now")

    pd.flow.exit()

    if pd.steps["trigger"]["event"]["body"] is None:
        return pd.flow.exit()
    print("going on")

    return pd.flow.delay(5000)

    urls = pd.flow.delay(5000)
    print(urls["resume_url"], urls["cancel_url"])

    pd.flow.suspend()

    return pd.flow.suspend(60000)["resume_url"]

    MAX_RETRIES = 3
    DELAY = 1000
    run = pd.context["run"]
    if run["runs"] == 1:
        pd.flow.rerun(DELAY, None, MAX_RETRIES)
    elif run["runs"] == MAX_RETRIES + 1:
        print("done")

    pd.flow.rerun(1000, {"page": 2}, 5)
    print(pd.context["run"]["context"])

    store = pd.inputs["data_store"]
    store["key"] = "value"

    store = pd.inputs["data_store"]
    store.set("key", "value", ttl=3600)
    store.set_ttl("key", ttl=None)

    store = pd.inputs["data_store"]
    return store["key"]

    store = pd.inputs["data_store"]
    return store.get("key", 10)

    store = pd.inputs["data_store"]
    if "key" in store:
        del store["key"]

    store = pd.inputs["data_store"]
    return list(store.keys())

    store = pd.inputs["data_store"]
    for key, value in store.items():
        print(f"{key}: {value}")

    store = pd.inputs["data_store"]
    store.clear()

    store = pd.inputs["data_store"]
    try:
        return store["key"]
    except TypeError:
        return None

    store = pd.inputs["data_store"]
    counts = store.get("counts", {})
    counts["runs"] = 1
    store["counts"] = counts

    pd.inputs["data_store"]["timer"] = pd.inputs["data_store"].get("timer", 0) + 1

    import os
    return os.environ.get("LIMIT", "10")

    with open("/tmp/rows.csv", "w") as file:
        file.write("a,b")
"""
"""What stands in handlers, with a blank line between one and the next: from sections 1.1 to 1.9, in their order."""
WORLDS = {"alone": samples.snapshot, "in a workflow": samples.in_workflow}


@pytest.mark.parametrize("body", OFFICIAL.strip("\n").split("\n\n"))
@pytest.mark.parametrize("make", WORLDS.values(), ids=WORLDS)
def test_no_rule_has_anything_to_say_of_what_the_platform_calls_right(make: object, body: str) -> None:
    text = f'def handler(pd: "pipedream"):\n{body}\n'
    assert diagnose(make(text)) == []  # type: ignore[operator]


@pytest.mark.parametrize("step", sorted((ROOT / "examples").rglob("entry.py")), ids=lambda step: step.parent.name)
def test_no_rule_has_anything_to_say_of_the_examples(step: Path) -> None:
    snapshot, _ = read_step(step, Accounts())
    assert snapshot.step
    assert diagnose(snapshot) == []
