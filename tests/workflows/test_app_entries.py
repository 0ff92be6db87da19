"""An entry for one more app, put into workflow.yaml, reads back as the step's, and changes nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from pd_lsp.features.code_actions.add_app import add_app
from pd_lsp.model import Account, Accounts, AppSlug
from pd_lsp.syntax.workflow_sources import WorkflowSources
from pd_lsp.text import Offset, TextRange, apply_edits
from pd_lsp.workflows.workflow_file import read_workflow
from pd_lsp.workflows.workflow_places import workflow_places
from tests.samples import GITHUB, WORK_GITHUB, in_workflow

CODE = 'def handler(pd):\n    return pd.inputs["github"]["$auth"]["oauth_access_token"]\n'
CONNECTED = replace(WORK_GITHUB, app=replace(GITHUB, id="app_OrZhaO", auth_type="oauth"))
WITH_APP = """\
schema: workflow/2022.04
steps:
- namespace: fetch
  runtime: python3.12
  uses: "./fetch/entry.py"
- namespace: post_message
  runtime: python3.12
  uses: "./post_message/entry.py"
  props:
    __configurableProps:
    - app: slack
      name: slack
      type: app
      authType: oauth
      appId: app_OkrhR1
    slack:
      authProvisionId: apn_slack1
- namespace: later
  runtime: python3.12
  uses: "./later/entry.py"
"""
WITHOUT = WITH_APP[: WITH_APP.index("  props:")] + WITH_APP[WITH_APP.index("- namespace: later") :]
INDENTED = (
    WITH_APP.replace("    - app", "      - app")
    .replace("      name", "        name")
    .replace("      type", "        type")
    .replace("      authType", "        authType")
    .replace("      appId", "        appId")
)


def added(text: str, tmp_path: Path, account: Account = CONNECTED, code: str = CODE) -> str | None:
    """The text of workflow.yaml after the action at the read; None where none is offered."""
    moment = in_workflow(code, accounts=Accounts((account,), complete=True))
    assert moment.step
    step = replace(moment.step, apps=tuple(prop for prop in moment.step.apps if prop.name == "slack"))
    places = workflow_places(tmp_path / "workflow.yaml", text)
    moment = replace(moment, step=step, sources=lambda: WorkflowSources(places))
    at = Offset(code.index('"') + 1)
    actions = add_app(moment, TextRange(at, at))
    assert all(action.elsewhere and action.elsewhere.path.name == "workflow.yaml" for action in actions)
    edits = [edit for action in actions if action.elsewhere for edit in action.elsewhere.edits]
    return apply_edits(text, edits) if edits else None


@pytest.mark.parametrize("text", [WITH_APP, WITHOUT, INDENTED, WITHOUT.rstrip("\n"), WITH_APP.rpartition("- n")[0]])
def test_the_entry_is_that_of_github_sync_and_all_else_stays(text: str, tmp_path: Path) -> None:
    result = added(text, tmp_path)
    assert result is not None
    assert set(text.splitlines()) <= set(result.splitlines())
    before, after = yaml.safe_load(text), yaml.safe_load(result)
    [step] = [step for step in after["steps"] if step["namespace"] == "post_message"]
    listed = step["props"]["__configurableProps"]
    assert listed[-1] == {"app": "github", "name": "github", "type": "app", "authType": "oauth", "appId": "app_OrZhaO"}
    assert step["props"]["github"] == {"authProvisionId": "apn_github1"}
    for one in after["steps"]:
        if one is step:
            listed.pop()
            del one["props"]["github"]
            if not listed:
                del one["props"]
    assert after == before


def test_a_file_with_the_line_ends_of_windows_keeps_them(tmp_path: Path) -> None:
    result = added(WITH_APP.replace("\n", "\r\n"), tmp_path)
    assert result is not None
    assert result.count("\r\n") == result.count("\n") > WITH_APP.count("\n")


@pytest.mark.parametrize("slug", ["on", "123", "1e3", "null", "_", "github-app"])
def test_a_slug_that_yaml_would_take_for_something_else_is_quoted(slug: str, tmp_path: Path) -> None:
    account = replace(CONNECTED, app=replace(CONNECTED.app, slug=AppSlug(slug)))
    result = added(WITHOUT, tmp_path, account, CODE.replace('"github"', f'"{slug}"'))
    assert result is not None
    props = yaml.safe_load(result)["steps"][1]["props"]
    assert props["__configurableProps"][0]["app"] == slug
    assert props["__configurableProps"][0]["name"] == slug
    assert props[slug] == {"authProvisionId": "apn_github1"}


def test_the_step_has_the_app_when_the_file_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "flow-p_1"
    folder.mkdir()
    result = added(WITHOUT, tmp_path)
    assert result is not None
    (folder / "workflow.yaml").write_text(result)
    step = next(s for s in read_workflow(folder / "workflow.yaml").steps if s.namespace == "post_message")
    assert [(prop.name, prop.app, prop.account_id) for prop in step.apps] == [
        ("github", AppSlug("github"), "apn_github1")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "steps: [{namespace: post_message, uses: ./post_message/entry.py}]\n",
        "steps:\n- namespace: post_message\n  props: {}\n",
        "steps:\n- namespace: post_message\n  props:\n    __configurableProps: []\n",
        "steps:\n- namespace: another\n",
        "steps: [",
        "",
    ],
)
def test_a_file_that_is_written_in_another_way_is_left_alone(text: str, tmp_path: Path) -> None:
    assert added(text, tmp_path) is None


def test_an_app_of_which_the_service_has_not_said_all_is_left_alone(tmp_path: Path) -> None:
    assert added(WITH_APP, tmp_path, replace(CONNECTED, app=GITHUB)) is None
    assert added(WITH_APP, tmp_path, replace(CONNECTED, dead=True)) is None
    assert added(WITH_APP, tmp_path, replace(CONNECTED, local=True)) is None
