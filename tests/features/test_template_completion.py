import pytest

from pd_lsp.features.code_actions import code_actions
from pd_lsp.features.template_completion import complete_templates
from pd_lsp.model import Account, Accounts, AppSlug, Template
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import LineIndex, Offset, TextRange, apply_edits
from tests import samples
from tests.marker import marked
from tests.samples import in_workflow, snapshot

LABEL = "slack: Post a message"
WORD = "sla"
PLACES = {
    "an empty file": "sla$0",
    "a blank file": "\n\n  sla$0",
    "a blank file with more below": "\n\nsla$0\n\n\n",
    "below comments": "# mine\n# pipedream add-package zoo\nsla$0\n",
    "below a docstring": '"""What this step does."""\nsla$0',
    "below imports": "import os\nsla$0",
    "far below imports": "import os\nimport requests\n\n\n\nsla$0\n",
    "between imports": "import os\nsla$0\nimport re\n",
    "an empty line of a handler": "def handler(pdm):\n  x = 1\n  sla$0\n  return x\n",
    "a handler that is nothing else": "def handler(pd):\n    sla$0\n",
    "a handler with a docstring": 'def handler(pd):\n    """D."""\n    sla$0\n',
    "the end of a file": "import requests\n\ndef handler(pd):\n    y = 1\n    sla$0",
    "windows line ends": "import os\r\n\r\ndef handler(pd):\r\n    y = 1\r\n    sla$0\r\n    return y\r\n",
    "windows line ends in a blank file": "\r\n\r\nsla$0\r\n",
    "an if": "def handler(pd):\n    if x:\n        sla$0\n    return 1\n",
    "an if with more in it": "def handler(pd):\n    if x:\n        sla$0\n        y = 1\n    return 1\n",
    "an else": "def handler(pd):\n    if x:\n        y = 1\n    else:\n        sla$0\n",
    "a try": "def handler(pd):\n    try:\n        sla$0\n    except KeyError:\n        return 1\n",
    "a case": "def handler(pd):\n    match x:\n        case 1:\n            sla$0\n",
    "a loop of an async handler": "async def handler(pd):\n    while x:\n        sla$0\n        y()\n",
    "behind a return": "def handler(pd):\n    return 1\n    sla$0\n",
    "above the handler": "import os\nsla$0\n\ndef handler(pd):\n    return os\n",
    "below the handler": "def handler(pd):\n    return 1\n\nsla$0\n",
}
HALF_TYPED = {
    "a try without its except": "def handler(pd):\n    try:\n        sla$0\n",
    "an open bracket": "def handler(pd):\n    x = (\n    sla$0\n",
}


def accepted(text: str) -> str:
    """The text after the template of slack was chosen at its `$0`."""
    clean, offset = marked(text)
    [completion] = complete_templates(snapshot(clean), offset)
    assert completion.label == LABEL
    return apply_edits(clean, [completion.edit, *completion.further_edits])


def inserted(text: str) -> str:
    """The text after the code action was chosen where the word before `$0` would be."""
    clean, offset = marked(text.replace(WORD + "$0", "$0"))
    action, _ = code_actions(snapshot(clean), TextRange(offset, offset))
    return apply_edits(clean, list(action.edits))


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_word_alone_on_its_line_becomes_the_template_of_its_app(text: str) -> None:
    result = accepted(text)
    compile(result, "step", "exec")
    assert result.count("import requests") == 1
    assert result.count("def handler") == 1
    assert '.inputs["slack"]["$auth"]["oauth_access_token"]' in result
    assert WORD + "\n" not in result


@pytest.mark.parametrize("text", [*PLACES.values(), *HALF_TYPED.values()], ids=[*PLACES, *HALF_TYPED])
def test_a_word_does_what_the_code_action_does_without_it(text: str) -> None:
    assert accepted(text).rstrip() == inserted(text).rstrip()


@pytest.mark.parametrize("text", [*PLACES.values(), *HALF_TYPED.values()], ids=[*PLACES, *HALF_TYPED])
def test_the_edit_stays_on_the_line_of_the_word_and_overlaps_no_other(text: str) -> None:
    clean, offset = marked(text)
    lines = LineIndex(clean)
    [completion] = complete_templates(snapshot(clean), offset)
    place = completion.edit.range
    assert place.start <= offset - len(WORD) < offset <= place.end
    assert lines.line_of(place.start) == lines.line_of(place.end)
    last = 0
    for edit in sorted([completion.edit, *completion.further_edits], key=lambda edit: edit.range.start):
        assert last <= edit.range.start
        last = edit.range.end


@pytest.mark.parametrize("text", ["$0", "\n\n$0", "  $0\n\n", "# pipedream add-package zoo\n$0\n"])
def test_a_file_without_code_is_offered_the_templates_of_connected_apps_unasked(text: str) -> None:
    result = accepted(text)
    assert result.rstrip() == inserted(text).rstrip()
    assert 'def handler(pd: "pipedream"):\n' in result


def test_the_template_takes_the_handlers_own_name_for_pd() -> None:
    assert 'pdm.inputs["slack"]' in accepted(PLACES["an empty line of a handler"])


def test_the_word_takes_no_name_from_the_template() -> None:
    code = 'def handler(pd: "pipedream"):\n    slack = pd.inputs["slack"]\n    return slack\n'
    clean, offset = marked("def handler(pd):\n    x = 1\n    slack$0\n")
    found = complete_templates(with_template(clean, code), offset)
    assert [completion.edit.new_text for completion in found] == ['slack = pd.inputs["slack"]\n    return slack']


def with_template(text: str, code: str) -> Snapshot:
    """The same world with another template of slack."""
    world = snapshot(text)
    return Snapshot(
        lines=world.lines,
        tree=world.tree,
        accounts=world.accounts,
        workflow=None,
        step=None,
        catalogue=world.catalogue,
        templates=lambda slug, _app: (Template(AppSlug("slack"), "Post a message", code),) if slug == "slack" else (),
    )


def test_lines_that_would_never_run_go_before_what_leaves() -> None:
    result = accepted(PLACES["behind a return"])
    assert result.index("slack_response = ") < result.index("return 1")


def test_an_app_is_found_by_the_name_of_its_prop() -> None:
    clean, offset = marked("def handler(pd):\n    slack$0\n")
    assert [completion.label for completion in complete_templates(in_workflow(clean), offset)] == [LABEL]


@pytest.mark.parametrize(("typed", "name"), [("sla", "slack"), ("Sl", "Slack"), ("lac", "lack"), ("$0", None)])
def test_an_editor_finds_the_name_when_more_of_it_is_typed(typed: str, name: str | None) -> None:
    clean, offset = marked(typed if name is None else typed + "$0")
    assert [completion.filter_text for completion in complete_templates(snapshot(clean), offset)] == [name]


def test_an_app_is_found_by_its_display_name_too() -> None:
    accounts = Accounts((Account("apn_1", samples.app("slack", "Team talk"), "a"),), complete=True)
    found = complete_templates(snapshot("team", accounts=accounts), Offset(4))
    assert [(completion.label, completion.filter_text) for completion in found] == [(LABEL, "team talk")]


@pytest.mark.parametrize(
    "text",
    [
        "def handler(pd):\n    x = sla$0\n",
        "def handler(pd):\n    sla$0.post()\n",
        "def handler(pd):\n    # sla$0\n",
        'def handler(pd):\n    x = """\n    sla$0\n    """\n',
        "def handler(pd):\n    f(\n        sla$0\n    )\n",
        "def handler(pd):\n    x = 1 + \\\n        sla$0\n",
        "def handler(pd):\n    s$0\n",
        "def handler(pd):\n    nothing$0\n",
        "def handler(pd):\n    def inner():\n        sla$0\n    return inner\n",
        "def helper():\n    sla$0\n\ndef handler(pd):\n    return 1\n",
        "class Thing:\n    sla$0\n\ndef handler(pd):\n    return 1\n",
        "if x:\n    sla$0\n\ndef handler(pd):\n    return 1\n",
        "x = 1\nsla$0\n",
        "class Thing:\n    sla$0\n",
        "# sla$0",
        '"""sla$0',
    ],
)
def test_a_word_that_is_part_of_something_else_is_left_alone(text: str) -> None:
    clean, offset = marked(text)
    assert complete_templates(snapshot(clean), offset) == []


@pytest.mark.parametrize(
    "text",
    [
        "def handler(pd):\n    $0\n    return 1\n",
        "def handler(pd):\n    if x:\n        $0\n",
        "import os\n$0\n",
        "x = 1\n$0\n",
        "$0\n# mine\n",
        "# mine $0",
    ],
)
def test_an_empty_line_beside_code_is_left_to_others(text: str) -> None:
    clean, offset = marked(text)
    assert complete_templates(snapshot(clean), offset) == []


def test_a_text_that_parses_does_so_with_the_template_in_it() -> None:
    for text in PLACES.values():
        assert not parse(accepted(text)).root.has_error
