import pytest

from pd_lsp.features.template_completion import complete_templates
from pd_lsp.syntax.tree import parse
from pd_lsp.text import apply_edits
from tests.marker import marked
from tests.samples import in_workflow, snapshot

LABEL = "slack: Post a message"
PLACES = {
    "an empty file": "sla$0",
    "an empty line of a handler": "def handler(pdm):\n  x = 1\n  sla$0\n  return x\n",
    "a handler that is nothing else": "def handler(pd):\n    slack$0\n",
    "the end of a file": "import requests\n\ndef handler(pd):\n    y = 1\n    sla$0",
    "windows line ends": "import os\r\n\r\ndef handler(pd):\r\n    y = 1\r\n    sla$0\r\n    return y\r\n",
}


def accepted(text: str) -> str:
    """The text after the template of slack was chosen at its `$0`."""
    clean, offset = marked(text)
    [completion] = complete_templates(snapshot(clean), offset)
    assert completion.label == LABEL
    return apply_edits(clean, [completion.edit, *completion.further_edits])


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
def test_a_word_alone_on_its_line_becomes_the_template_of_its_app(text: str) -> None:
    result = accepted(text)
    assert not parse(result).root.has_error
    assert result.count("import requests") == 1
    assert result.count("def handler") == 1
    assert '.inputs["slack"]["$auth"]["oauth_access_token"]' in result
    assert "sla\n" not in result


def test_the_template_takes_the_handlers_own_name_for_pd() -> None:
    assert 'pdm.inputs["slack"]' in accepted(PLACES["an empty line of a handler"])


def test_the_edit_stays_on_the_line_of_the_word() -> None:
    clean, offset = marked("import os\n\ndef handler(pd):\n    sla$0\n    return os\n")
    [completion] = complete_templates(snapshot(clean), offset)
    assert clean[completion.edit.range.start : completion.edit.range.end] == "sla"


def test_an_app_is_found_by_the_name_of_its_prop() -> None:
    clean, offset = marked("def handler(pd):\n    slack$0\n")
    assert [completion.label for completion in complete_templates(in_workflow(clean), offset)] == [LABEL]


@pytest.mark.parametrize(
    "text",
    [
        "def handler(pd):\n    x = sla$0\n",
        "def handler(pd):\n    sla$0.post()\n",
        "def handler(pd):\n    # sla$0\n",
        'def handler(pd):\n    x = """\n    sla$0\n    """\n',
        "def handler(pd):\n    s$0\n",
        "def handler(pd):\n    nothing$0\n",
        "x = 1\nsla$0\n",
        "$0",
    ],
)
def test_a_word_that_is_part_of_something_else_is_left_alone(text: str) -> None:
    clean, offset = marked(text)
    assert complete_templates(snapshot(clean), offset) == []
