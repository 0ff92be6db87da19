"""The small world that most tests live in: a few accounts, one workflow."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from pd_lsp.accounts.names import OAUTH_FIELDS
from pd_lsp.model import Account, Accounts, App, AppProp, AppSlug, AuthField, Step, Template, Workflow
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import LineIndex


def app(slug: str, name: str, *fields: str, complete: bool = False) -> App:
    return App(AppSlug(slug), name, tuple(AuthField(field) for field in fields), complete)


SLACK = app("slack", "Slack", *OAUTH_FIELDS)
GITHUB = app("github", "GitHub", *OAUTH_FIELDS)
OPENAI = app("openai", "OpenAI", "api_key", complete=True)
TEAM_SLACK = Account("apn_slack1", SLACK, "Team")
WORK_GITHUB = Account("apn_github1", GITHUB, "work")
HOME_GITHUB = Account("apn_github2", GITHUB, "home")
DEAD_OPENAI = Account("apn_openai1", OPENAI, "old key", dead=True)
ACCOUNTS = Accounts((TEAM_SLACK, WORK_GITHUB, HOME_GITHUB), complete=True)

POST = Step(
    "post_message",
    "./post_message/entry.py",
    apps=(AppProp("slack", AppSlug("slack"), "apn_slack1"), AppProp("github_1", AppSlug("github"), "apn_github2")),
    data_stores=("data_store",),
)
WORKFLOW = Workflow(
    PurePath("/project/flow-p_1"),
    "Flow",
    (
        Step("fetch", "./fetch/entry.py"),
        Step("switched_off", "./switched_off/entry.py", disabled=True),
        POST,
        Step("later", "./later/entry.py"),
    ),
)
TEMPLATE = Template(
    AppSlug("slack"),
    "Post a message",
    'import requests\n\n\ndef handler(pd: "pipedream"):\n'
    '    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]\n'
    '    headers = {"Authorization": f"Bearer {token}"}\n'
    '    response = requests.get("https://slack.com/api/auth.test", headers=headers, timeout=30)\n'
    "    return response.json()\n",
)
CATALOGUE = {AppSlug("notion"): app("notion", "Notion", *OAUTH_FIELDS)}
HEADERS = {AppSlug("slack"): {"Authorization": "Bearer {oauth_access_token}"}}


def snapshot(
    text: str,
    *,
    accounts: Accounts = ACCOUNTS,
    workflow: Workflow | None = None,
    step: Step | None = None,
    levels: Mapping[str, Any] | None = None,
) -> Snapshot:
    """One moment of a document that holds `text`."""
    return Snapshot(
        lines=LineIndex(text),
        tree=parse(text),
        accounts=accounts,
        workflow=workflow,
        step=step,
        catalogue=CATALOGUE.get,
        headers_of=lambda slug: HEADERS.get(slug, {}),
        templates=lambda slug, _app: (TEMPLATE,) if slug == "slack" else (),
        levels=levels or {},
    )


def in_workflow(text: str, *, accounts: Accounts = ACCOUNTS, **world: Any) -> Snapshot:
    """The same, as the step `post_message` of a workflow."""
    return snapshot(text, accounts=accounts, workflow=WORKFLOW, step=POST, **world)
