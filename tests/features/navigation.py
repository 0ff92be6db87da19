"""A workflow of three steps in memory, for the tests of what leads from one file to another."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from pd_lsp.features.place import Place
from pd_lsp.model import AppProp, AppSlug, Step, Workflow
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.syntax.workflow_sources import Source, WorkflowSources
from pd_lsp.text import LineIndex, TextRange
from pd_lsp.workflows.workflow_places import workflow_places
from tests import samples

FOLDER = PurePath("/project/flow-p_1")
YAML = """\
name: "😀 Flow"
triggers:
- id: hi_1
steps:
- namespace: fetch
  uses: "./fetch/entry.py"
  props:
    __configurableProps:
    - app: slack
      name: slack_2
      type: app
- namespace: ready
  uses: slack-send@1
- namespace: post
  uses: "./post/entry.py"
  props:
    __configurableProps:
    - name: slack
      app: slack
      type: app
    - type: data_store
      name: data_store
"""
FETCH = """\
def helper(pd):
    pd.export("count", {"all": 1})


def handler(pd: "pipedream"):
    "😀"; token = pd.inputs["slack_2"]["$auth"]["oauth_access_token"]
    data = {"items": [], "next": {"page": 2}}
    if token:
        return data
    return {"error": "none"}
"""
POST = Step("post", "./post/entry.py", apps=(AppProp("slack", AppSlug("slack")),), data_stores=("data_store",))
FETCH_STEP = Step("fetch", "./fetch/entry.py", apps=(AppProp("slack_2", AppSlug("slack")),))
WORKFLOW = Workflow(FOLDER, "Flow", (FETCH_STEP, Step("ready", "slack-send@1"), POST))


def source(name: str, text: str) -> Source:
    return Source(FOLDER / name, LineIndex(text), parse(text))


def in_post(text: str, *, yaml: str = YAML, fetch: str = FETCH, events: Mapping[str, str] | None = None) -> Snapshot:
    """One moment of the step `post` of the workflow."""
    steps = {"fetch": source("fetch/entry.py", fetch), "post": source("post/entry.py", text)}
    saved = tuple(source(name, content) for name, content in (events or {}).items())
    sources = WorkflowSources(workflow_places(Path(FOLDER / "workflow.yaml"), yaml), steps, lambda: saved)
    return replace(samples.snapshot(text, workflow=WORKFLOW, step=POST), sources=lambda: sources)


def shown(place: Place) -> str:
    """A place as the file, the line and the text of its name."""
    return shown_in(FOLDER, place)


def shown_in(folder: PurePath, place: Place) -> str:
    """The same for a place in a workflow of any folder."""
    name = place.path.relative_to(folder).as_posix() if place.path else "here"
    return f"{name}:{place.lines.line_of(place.name.start) + 1}: {text_at(place.lines, place.name)}"


def text_at(lines: LineIndex, place: TextRange) -> str:
    return lines.text[place.start : place.end]
