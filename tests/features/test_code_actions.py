from dataclasses import replace

import pytest

from pd_lsp.features.code_actions import code_actions
from pd_lsp.features.code_actions.template_actions import ANOTHER_APP, offered_templates
from pd_lsp.model import Account, Accounts, AppProp, AppSlug
from pd_lsp.text import Offset, TextRange, apply_edits
from tests.checks import action_titles
from tests.samples import OPENAI, SLACK, TEMPLATE, in_workflow, snapshot


def test_an_empty_file_is_offered_the_templates_of_connected_apps() -> None:
    assert action_titles(snapshot("")) == ["Insert Slack: Post a message", ANOTHER_APP]


def test_the_way_to_all_other_apps_is_seen_without_scrolling() -> None:
    moment = snapshot("")
    [account, *_] = moment.accounts.accounts
    apps = [replace(account.app, slug=AppSlug(f"app_{number:02}")) for number in range(20)]
    many = replace(moment, accounts=Accounts(tuple(replace(account, app=app) for app in apps), complete=True))
    titles = action_titles(replace(many, templates=lambda _slug, _app: (TEMPLATE,)))
    assert (len(titles), titles.index(ANOTHER_APP)) == (21, 8)


def test_an_empty_file_becomes_a_whole_step() -> None:
    [action, _] = code_actions(snapshot("\n"), TextRange(Offset(0), Offset(0)))
    result = apply_edits("\n", list(action.edits))
    assert result.startswith('import requests\n\n\ndef handler(pd: "pipedream"):\n')


def test_a_step_is_offered_the_templates_of_its_own_apps_first() -> None:
    assert action_titles(in_workflow("def handler(pd):\n    return 1\n"), 21)[0] == "Insert Slack: Post a message"


def test_the_template_of_an_app_that_the_step_lacks_says_so() -> None:
    moment = in_workflow("def handler(pd):\n    return 1\n")
    assert moment.step
    without = replace(moment, step=replace(moment.step, apps=()))
    assert action_titles(without, 21)[0] == "Insert Slack: Post a message (not yet an app of this step)"


def test_an_app_that_the_step_lacks_is_not_read_under_the_name_of_another() -> None:
    moment = in_workflow("def handler(pd):\n    return 1\n")
    assert moment.step
    other = AppProp("slack", AppSlug("slack_v2"))
    moment = replace(moment, step=replace(moment.step, apps=(other,), data_stores=("slack_2",)))
    assert [offered.prop.name for offered in offered_templates(moment)] == ["slack_3"]


def test_a_python_file_that_is_no_step_is_left_alone() -> None:
    assert action_titles(snapshot("import os\n\nprint(os.name)\n")) == []


@pytest.mark.parametrize(
    "text",
    [
        "# pipedream add-package zoo\n",
        "#!/usr/bin/env python3\n\n",
        "import os\n",
        '"""What this step does."""\nimport os\n\nfrom a import b\n',
    ],
)
def test_a_file_that_holds_no_code_yet_is_offered_templates(text: str) -> None:
    assert action_titles(snapshot(text)) == ["Insert Slack: Post a message", ANOTHER_APP]


@pytest.mark.parametrize(
    "text", ["x = 1\n", "import os\nprint(1)\n", 'import os\n"""Said."""\n', "class A:\n    pass\n", "x = (\n"]
)
def test_a_file_with_other_code_and_no_handler_is_left_alone(text: str) -> None:
    assert action_titles(snapshot(text)) == []


def test_no_place_in_no_text_makes_a_code_action_fail() -> None:
    for text in ("def handler(", "def handler(pd):\n    x = (", "x = '", "def handler(pd):\r    pass", "\x00", "é" * 9):
        for offset in range(len(text) + 1):
            action_titles(snapshot(text), offset)


def test_somebody_with_thousands_of_apps_is_offered_a_list_that_can_be_read() -> None:
    many = Accounts(tuple(Account(f"apn_{n}", replace(SLACK, slug=f"app_{n}"), "x") for n in range(3000)), True)
    moment = replace(snapshot("", accounts=many), templates=lambda _slug, _app: (TEMPLATE,))
    assert len(action_titles(moment)) == 60 + 1


def test_of_an_app_that_the_step_lacks_the_first_template_alone_is_offered() -> None:
    other = replace(TEMPLATE, title="List channels")
    moment = in_workflow("def handler(pd):\n    return 1\n", accounts=Accounts((Account("apn_1", OPENAI, "x"),), True))
    moment = replace(moment, templates=lambda _slug, _app: (TEMPLATE, other))
    titles = action_titles(moment, 21)
    assert [title for title in titles if title.startswith("Insert slack")] == [
        "Insert slack: Post a message",
        "Insert slack: List channels",
    ]
    assert [title for title in titles if title.startswith("Insert OpenAI")] == [
        "Insert OpenAI: Post a message (not yet an app of this step)"
    ]
