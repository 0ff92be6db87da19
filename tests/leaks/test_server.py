"""The server itself: every feature it answers, runs that are stopped, a server that is killed, mistakes in each room.

A new feature is a line in `Editor.ask_everything`; a new room is one in ROOMS.
"""

import os

import pytest

from tests.leaks.editor import Editor
from tests.leaks.named_pipe import make_way, open_way
from tests.leaks.showing import step_that_shows, step_that_waits
from tests.leaks.workflow import workflow_in
from tests.leaks.world import World

READS = """\
import os
from os import environ
from shared import ready


def handler(pd):
    auth = pd.inputs["canaries"]["$auth"]
    token = pd.inputs["kept_here"]["$auth"]["SLACK"]
    os.environ["SLACK"], os.getenv("PEM"), environ.get("")
    ready(pd)["a"]
    pd.inputs["
    pd.steps["trigger"]["event"]
    return auth["PEM"], auth[""], pd.flow.exit(
"""


def test_no_feature_shows_a_secret(editor: Editor) -> None:
    assert editor.command("pd.refreshAccounts")["accounts"] > 1
    editor.world.step("def ready(pd):\n    return {'a': 1}\n", "shared.py")
    uri = editor.open(READS)
    assert editor.ask_everything(uri, READS) > 20
    assert "jedi_worker" in editor.world._notes.read_text(), "names of the module beside the step are asked for"
    editor.check()


def test_none_of_a_dotenv_that_was_pasted_together_is_a_name(editor: Editor) -> None:
    planted = editor.world.planted[".env"]
    lines = [f"{name}={planted[name].value}" for name in ("PEM", "SERVICE_ACCOUNT", "QUOTES", "BLANKS")]
    editor.open(READS, "pasted/step.py")
    (editor.world.workspace / "pasted" / ".env").write_text("\n".join([*lines, planted["PEM"].value]))
    uri = editor.open(READS + "\n", "pasted/step.py")
    assert editor.ask_everything(uri, READS) > 20
    editor.check()
    editor.runs(
        step_that_shows("print(value)").replace("*((name, os.environ[name]) for name in auth)", ""), "pasted/step.py"
    )
    editor.runs("import os\ndef handler(pd):\n    print(dict(os.environ))\n", "pasted/step.py")
    (editor.world.workspace / "pasted" / ".env").unlink()
    editor.check()


def test_events_that_pipedream_keeps_are_listed_and_saved_without_a_key(editor: Editor) -> None:
    flow = workflow_in(editor.world, editor.world.sandbox.workflow_ids[0])
    uri = editor.open((flow / "gives" / "entry.py").read_text(), f"{flow.name}/gives/entry.py")
    events = editor.command("pd.recentEvents", uri=uri)
    assert editor.command("pd.pullEvents", uri=uri, events=events[:2])
    assert editor.command("pd.stepPython", uri=uri)["why"] == "settings"
    assert editor.command("pd.debugInformation")["accounts"] > 1
    editor.check()


def test_runs_that_were_kept_are_shown_without_a_secret(editor: Editor) -> None:
    text = step_that_shows("pd.export(name, value)", end="raise ValueError(values) from KeyError(*values)")
    assert editor.runs(text, "kept.py")["outcome"] == "raised"
    uri = (editor.world.workspace / "kept.py").as_uri()
    [run, *_] = editor.command("pd.lastRuns", uri=uri)
    assert run
    assert editor.command("pd.showRun", uri=uri, number=1)
    editor.command("pd.saveEvent", uri=uri, number=1, name="kept")
    editor.check()


def test_the_views_of_accounts_and_workflows_hold_names_alone(editor: Editor) -> None:
    assert editor.command("pd.refreshAccounts")["accounts"] > 1
    flow = workflow_in(editor.world, editor.world.sandbox.workflow_ids[0])
    uri = (flow / "gives" / "entry.py").as_uri()
    assert editor.runs((flow / "gives" / "entry.py").read_text(), f"{flow.name}/gives/entry.py")
    accounts = editor.command("pd.accounts", uri=uri)
    assert accounts["complete"]
    for app in accounts["apps"]:
        for account in app["accounts"]:
            assert editor.command("pd.useAccount", uri=uri, app=app["app"], account=account["id"]) == {}
    secret = next(iter(editor.world.planted[".env"].values())).value
    assert editor.command("pd.useAccount", uri=uri, app=secret, account=secret) is None
    assert any(step["last"] for one in editor.command("pd.workflows")["workflows"] for step in one["steps"])
    editor.check()


def test_stubs_hold_names_alone(editor: Editor) -> None:
    uri = editor.open(READS)
    assert editor.command("pd.writeStub", uri=uri)
    editor.check()


@pytest.fixture
def at_its_pipe(editor: Editor, tmp_path_factory: pytest.TempPathFactory):
    """Starts a run in an editor that waits at its pipe after it has printed every value; the run and the pipe's end."""
    opened: list[int] = []

    def begin(one: Editor = editor) -> tuple[object, int]:
        way = make_way(tmp_path_factory.mktemp("way"), "way")
        uri = one.open(step_that_waits(str(way)), "waits.py")
        running = one.begin(lambda client: client.workspace_execute_command_async(one.params("pd.runStep", uri=uri)))
        opened.append(open_way(way))
        return running, opened[-1]

    yield begin
    for descriptor in opened:
        os.close(descriptor)


def test_processes_and_files_of_a_run_hold_none_while_it_goes_on(editor: Editor, at_its_pipe) -> None:
    running, pipe = at_its_pipe()
    editor.world.look_around()
    seen = [name for name, _ in editor.world.sinks if name.startswith("environment")]
    assert len(seen) >= 3, "supervisor, keeper and step"
    os.write(pipe, b"go on")
    editor.command("pd.stopRun")
    assert running.result(30)["outcome"] == "cancelled"
    editor.check()


def test_a_server_that_is_killed_leaves_none(world: World, at_its_pipe) -> None:
    editor = Editor(world)
    at_its_pipe(editor)
    world.look_around()
    editor.kill()
    editor.check()


ROOMS = (
    "pd_lsp.features.offered:offered",
    "pd_lsp.features.hover:hover",
    "pd_lsp.features.diagnostics:diagnose",
    "pd_lsp.features.definition:definition",
    "pd_lsp.features.references:references",
    "pd_lsp.features.runnables:runnables",
    "pd_lsp.features.inlay_hints:inlay_hints",
    "pd_lsp.workflows.dotenv_file:read_dotenv_names",
    "pd_lsp.workflows.workflow_file:read_workflow",
    "pd_lsp.workflows.workflow_list:WorkflowList.read",
    "pd_lsp.accounts.overview:apps_as_json",
    "pd_lsp.execution.verdict:verdict",
    "pd_lsp.accounts.cache:AccountCache.note_seen",
)


def test_mistakes_in_every_room_of_a_server_show_none(world: World) -> None:
    editor = Editor(world, ROOMS)
    uri = editor.open(READS)
    editor.ask_everything(uri, READS)
    assert editor.command("pd.accounts") is None
    assert editor.command("pd.workflows") is None
    assert editor.runs(step_that_shows("print(value)")) is None
    editor.leave()
    assert world.mistakes > len(ROOMS)


def test_a_mistake_behind_the_answers_shows_none(world: World) -> None:
    editor = Editor(world, ["pd_lsp.accounts.listing:Listing.read", "pd_lsp.server.diagnostics:Publisher.refresh"])
    editor.command("pd.refreshAccounts")
    editor.runs(step_that_shows("print(value)"))
    editor.leave()
    assert world.mistakes
