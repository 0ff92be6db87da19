"""Any text at any place can be asked for anything, and what is offered is an edit on the caret's own line."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pd_lsp.features.arguments import signature
from pd_lsp.features.environment_names import hover_environment
from pd_lsp.features.hover import hover
from pd_lsp.features.offered import offered
from pd_lsp.syntax.tree import parse
from pd_lsp.text import Offset
from tests import samples
from tests.features.test_completion_anywhere import ON_ANY_MACHINE

PIECES = (
    *("pd", ".", "flow", "delay", "(", ")", "[", "]", "{", "}", '"', "'", "f'", '"""', ",", "=", " ", "\n    ", "\n"),
    *("os", "environ", "getenv", "get", "set", "inputs", "steps", "context", "run", "data_store", "store", "respond"),
    *("def handler(pd):\n    ", "return ", "for x in y", "# note", "\\", "😀", "é", ":", "1", "send.email", "status"),
    *("from os import environ, getenv as g\n", "import os as o\n", "store = pd.inputs['data_store']\n    ", "\u2028"),
)


@ON_ANY_MACHINE
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.data())
def test_any_text_can_be_asked_for_anything(text: str, data: st.DataObject) -> None:
    offset = Offset(data.draw(st.integers(0, len(text))))
    snapshot = replace(
        samples.in_workflow(text), dotenv_names=lambda: ("API_URL",), other_steps=lambda: {"fetch": parse(text)}
    )
    signature(snapshot, offset)
    hover(snapshot, offset)
    hover_environment(snapshot, offset)
    lines = snapshot.lines
    for completion in offered(snapshot, offset).completions:
        place = completion.edit.range
        assert place.start <= offset <= place.end
        assert lines.line_of(place.start) == lines.line_of(offset) == lines.line_of(place.end)
