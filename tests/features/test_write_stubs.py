"""The action that writes type stubs: where it is offered."""

from dataclasses import replace

import pytest

from pd_lsp.features.code_actions.write_stubs import write_stubs
from pd_lsp.text import Offset, TextRange
from tests.marker import marked
from tests.samples import snapshot

TITLE = "Write type stubs for this project"


def titles(text: str, *, is_due: bool = True) -> list[str]:
    """What is offered at the `$0`."""
    plain, offset = marked(text)
    moment = replace(snapshot(plain), stub_is_due=lambda: is_due)
    return [action.title for action in write_stubs(moment, TextRange(Offset(offset), Offset(offset)))]


@pytest.mark.parametrize("annotation", ['"pipedream"', "'pipedream'"])
def test_it_is_offered_at_a_handler_that_is_annotated(annotation: str) -> None:
    assert titles(f"import os\n\ndef handler(pd: $0{annotation}):\n    return 1\n") == [TITLE]
    assert titles(f"async def handler(pdm: {annotation}):$0\n    return 1\n") == [TITLE]


def test_it_is_not_offered_where_the_stub_is_up_to_date() -> None:
    assert titles('def handler(pd: $0"pipedream"):\n    return 1\n', is_due=False) == []


@pytest.mark.parametrize(
    "text",
    [
        'def handler(pd: "pipedream"):\n    return $01\n',
        "def handler(pd$0):\n    return 1\n",
        'def handler(pd: "$0Any"):\n    return 1\n',
        'def helper(pd: $0"pipedream"):\n    return 1\n',
        "$0",
    ],
)
def test_it_is_not_offered_elsewhere(text: str) -> None:
    assert titles(text) == []
