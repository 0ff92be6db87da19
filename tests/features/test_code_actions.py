from pd_lsp.features.code_actions import code_actions
from pd_lsp.text import Offset, TextRange, apply_edits
from tests.checks import action_titles
from tests.samples import in_workflow, snapshot


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
