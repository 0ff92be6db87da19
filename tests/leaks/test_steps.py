"""A step that shows what it was given, in every way that people do without meaning to, run from an editor."""

from itertools import islice

import pytest
from lsprotocol import types as lsp

from tests.leaks.editor import Editor
from tests.leaks.showing import (
    ENDS,
    GIVEN,
    PRINTED,
    RAISED,
    WRITTEN,
    step_that_catches,
    step_that_ends,
    step_that_prints,
    step_that_shows,
    step_that_writes,
)

_AT_ONCE = 8


def test_what_a_step_prints_holds_no_secret(editor: Editor) -> None:
    result = editor.runs(step_that_prints())
    assert result["ok"], result["error"]
    assert all(f"{way} SLACK" in result["stdout"] for way in PRINTED)
    editor.check()


def test_what_a_step_writes_holds_none(editor: Editor) -> None:
    result = editor.runs(step_that_writes())
    assert result["ok"], result["error"]
    assert all(f"{way} SLACK" in result["stdout"] for way in WRITTEN)
    editor.check()


@pytest.mark.parametrize("start", range(0, len(RAISED), _AT_ONCE))
def test_what_a_step_shows_of_an_error_holds_none(editor: Editor, start: int) -> None:
    errors = list(islice(RAISED, start, start + _AT_ONCE))
    result = editor.runs(step_that_catches(errors))
    assert result["ok"], result["error"]
    assert all(error in result["stdout"] for error in errors)
    editor.check()


@pytest.mark.parametrize("each", GIVEN.values(), ids=GIVEN)
def test_what_a_step_exports_keeps_and_asks_for_holds_none(editor: Editor, each: str) -> None:
    result = editor.runs(step_that_shows(each))
    assert result["ok"], result["error"]
    editor.check()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_end_of_a_step_holds_none(editor: Editor, end: str) -> None:
    text = step_that_ends(end)
    compile(text, "step.py", "exec")
    uri = editor.open(text)
    result = editor.command("pd.runStep", uri=uri)
    assert result["outcome"] != "not started"
    assert (result["error"] or {}).get("type") != "NameError"
    asked = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
    editor.begin(lambda client: client.text_document_diagnostic_async(asked)).result(30)
    editor.check()
