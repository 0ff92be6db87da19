"""The two example workflows, as their `workflow.yaml` has them."""

from dataclasses import dataclass

PYTHON, NODE = "python3.12", "nodejs20.x"


@dataclass(frozen=True, slots=True)
class SandboxStep:
    """A step and its one prop, if it has one."""

    namespace: str
    lang: str = PYTHON
    prop: str = ""
    app: str = ""
    """The slug of the prop's app; empty for a data store."""
    names: str = ""
    """The id of the account, or of the data store."""
    disabled: bool = False
    component: str = ""
    """Key and version of a ready-made action."""


@dataclass(frozen=True, slots=True)
class SandboxWorkflow:
    """A workflow: what starts it, and its steps."""

    id: str
    name: str
    trigger: str
    steps: tuple[SandboxStep, ...]


WORKFLOWS = {
    workflow.id: workflow
    for workflow in (
        SandboxWorkflow(
            "p_V9Ch2Lk",
            "New sign-up",
            "hi_3qHr8Lv",
            (
                SandboxStep("parse_body"),
                SandboxStep("append_row", PYTHON, "google_sheets", "google_sheets", "apn_sheetsteam"),
                SandboxStep("welcome_text", PYTHON, "openai", "openai", "apn_openaikey"),
                SandboxStep("score", NODE),
                SandboxStep("post_message", PYTHON, "slack", "slack", "apn_slackteam"),
                SandboxStep("old_toot", PYTHON, "mastodon", "mastodon", "apn_mastodonme", disabled=True),
            ),
        ),
        SandboxWorkflow(
            "p_Xm3TqaR",
            "Issue digest",
            "ti_8mXf2Pb",
            (
                SandboxStep("fetch_issues", PYTHON, "github_1", "github", "apn_githubwork"),
                SandboxStep("new_only", PYTHON, "data_store", "", "ds_4kQbnW"),
                SandboxStep(
                    "create_page", NODE, "notion", "notion", "apn_notionteam", component="notion-create-page@0.2.20"
                ),
                SandboxStep("toot", PYTHON, "mastodon", "mastodon", "apn_mastodonme"),
                SandboxStep("report", PYTHON, "discord_bot", "discord_bot", "apn_discordbot"),
            ),
        ),
    )
}
