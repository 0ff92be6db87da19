"""A step that shows what it was given, in every way that people do without meaning to, run from an editor."""

import pytest
from lsprotocol import types as lsp

from tests.leaks.editor import Editor
from tests.leaks.showing import (
    EACH,
    ENDS,
    PRINTED,
    RAISED,
    step_that_catches,
    step_that_ends,
    step_that_prints,
    step_that_shows,
)


@pytest.mark.parametrize("what", PRINTED.values(), ids=PRINTED)
def test_what_a_step_prints_holds_no_secret(editor: Editor, what: str) -> None:
    assert editor.runs(step_that_prints(what))["ok"]
    editor.check()


@pytest.mark.parametrize("failing", RAISED.values(), ids=RAISED)
def test_what_a_step_shows_of_an_error_holds_none(editor: Editor, failing: str) -> None:
    result = editor.runs(step_that_catches(failing))
    assert (result["ok"], "Traceback" in result["stderr"]) == (True, True)
    editor.check()


@pytest.mark.parametrize("each", EACH.values(), ids=EACH)
def test_what_a_step_writes_exports_and_asks_for_holds_none(editor: Editor, each: str) -> None:
    result = editor.runs(step_that_shows(each))
    assert result["ok"], (result["error"] or {}).get("type")
    editor.check()


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_end_of_a_step_holds_none(editor: Editor, end: str) -> None:
    uri = editor.open(step_that_ends(end))
    assert editor.command("pd.runStep", uri=uri)["outcome"] != "not started"
    asked = lsp.DocumentDiagnosticParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
    editor.begin(lambda client: client.text_document_diagnostic_async(asked)).result(30)
    editor.check()
