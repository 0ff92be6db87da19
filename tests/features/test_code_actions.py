from dataclasses import replace

from pd_lsp.features.code_actions import code_actions
from pd_lsp.model import Account, Accounts
from pd_lsp.text import Offset, TextRange, apply_edits
from tests.checks import action_titles
from tests.samples import SLACK, TEMPLATE, in_workflow, snapshot


def test_an_empty_file_is_offered_the_templates_of_connected_apps() -> None:
    assert action_titles(snapshot("")) == ["Insert Slack: Post a message"]


def test_an_empty_file_becomes_a_whole_step() -> None:
    [action] = code_actions(snapshot("\n"), TextRange(Offset(0), Offset(0)))
    result = apply_edits("\n", list(action.edits))
    assert result.startswith('import requests\n\n\ndef handler(pd: "pipedream"):\n')


def test_a_step_is_offered_the_templates_of_its_own_apps_first() -> None:
    assert action_titles(in_workflow("def handler(pd):\n    return 1\n"), 21)[0] == "Insert Slack: Post a message"


def test_a_python_file_that_is_no_step_is_left_alone() -> None:
    assert action_titles(snapshot("import os\n\nprint(os.name)\n")) == []


def test_no_place_in_no_text_makes_a_code_action_fail() -> None:
    for text in ("def handler(", "def handler(pd):\n    x = (", "x = '", "def handler(pd):\r    pass", "\x00", "é" * 9):
        for offset in range(len(text) + 1):
            action_titles(snapshot(text), offset)


def test_somebody_with_thousands_of_apps_is_offered_a_list_that_can_be_read() -> None:
    many = Accounts(tuple(Account(f"apn_{n}", replace(SLACK, slug=f"app_{n}"), "x") for n in range(3000)), True)
    moment = replace(snapshot("", accounts=many), templates=lambda _: (TEMPLATE,))
    assert len(action_titles(moment)) == 60


def test_a_text_much_longer_than_any_step_is_left_alone() -> None:
    step = "def handler(pd):\n    return 1\n"
    assert action_titles(snapshot(step))
    assert action_titles(snapshot(step + "x = 1\n" * 20_000)) == []
