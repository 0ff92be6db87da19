"""A step may be asked for anything, at any place, as far as it is typed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pd_lsp.features.app_links import app_links
from pd_lsp.features.code_actions import code_actions
from pd_lsp.features.definition import definition
from pd_lsp.features.diagnostics import diagnose
from pd_lsp.features.highlights import highlights
from pd_lsp.features.hover import hover
from pd_lsp.features.inlay_hints import inlay_hints
from pd_lsp.features.offered import offered
from pd_lsp.features.references import references
from pd_lsp.features.runnables import runnables
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import LineIndex, Offset, TextRange
from tests import samples
from tests.conftest import ROOT
from tests.features.test_completion_anywhere import ON_ANY_MACHINE

EXAMPLES = [file.read_text("utf-8") for file in sorted(Path(ROOT, "examples").glob("*/*/*/entry.py"))]
ODD = (
    'def handler(pd):\r\n    return pd.inputs["slack"]["$auth"]["oauth_uid"]\r\n',
    "def handler(pd):\r    # a lone return\r    return pd.steps['fetch']['x']",
    'def handler(pd: "pipedream"):\n\x0c    x = "\u2028é😀e\u0301"; return pd.inputs["slack"]\n',
    "\ufeffdef handler(pd):\n    return f\"{pd.inputs['slack']['$auth']['a']!r:>{x}}\"\n",
    'async def handler(pdm):\n\tmatch pdm.steps["trigger"]:\n\t\tcase {"event": e}: return lambda: e[\n',
    "def handler(pd):\n    pd.inputs[pd.inputs[pd.inputs['a']['\\N{DASH}']][b\"x\"]]['''\n\n'''\n",
    "@d(pd.inputs['x'])\ndef handler(pd, *, q=pd.steps['a'] if (y := pd.inputs.get('b', {})) else [*z for]):\n  pass",
    "\x00\x01 def handler(pd): pd.inputs['\x00']",
    "pd.inputs" + "['a']" * 300,
    "((((" * 50 + "pd.inputs['",
)


def ask_everything(snapshot: Snapshot, offset: Offset) -> None:
    """Asks for all that an editor asks for at a place. It must not raise; what comes is tested elsewhere."""
    offered(snapshot, offset)
    hover(snapshot, offset)
    code_actions(snapshot, TextRange(offset, offset))
    runnables(snapshot)
    diagnose(snapshot)
    definition(snapshot, offset)
    references(snapshot, offset, with_declaration=True)
    highlights(snapshot, offset)
    list(app_links(snapshot))
    list(inlay_hints(snapshot, TextRange(Offset(0), offset)))


@settings(ON_ANY_MACHINE, max_examples=250)
@given(st.sampled_from((*EXAMPLES, *ODD)), st.data())
def test_any_beginning_of_a_step_may_be_asked_for_anything(text: str, data: st.DataObject) -> None:
    typed = text[: data.draw(st.integers(0, len(text)))]
    offset = Offset(data.draw(st.one_of(st.just(len(typed)), st.integers(0, len(typed)))))
    ask_everything(samples.in_workflow(typed), offset)


@settings(ON_ANY_MACHINE, max_examples=60)
@given(st.sampled_from((*EXAMPLES, *ODD)), st.data())
def test_a_step_may_be_asked_for_anything_while_it_is_typed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    tree = parse(text[:start])
    for end in range(start, min(start + 12, len(text)) + 1):
        tree = parse(text[:end], tree)
        moment = replace(samples.in_workflow(text[:end]), tree=tree, lines=LineIndex(text[:end]))
        ask_everything(moment, Offset(end))


@pytest.mark.parametrize("text", ODD)
def test_an_odd_text_may_be_asked_for_anything_at_its_end(text: str) -> None:
    ask_everything(samples.in_workflow(text), Offset(len(text)))
