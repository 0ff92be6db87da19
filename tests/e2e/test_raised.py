"""What a run raised stands on its line in the editor, until the text is another one."""

from pathlib import Path

from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_running import run, step, until

RAISES = """\
def read(item):
    return item["id"]


def handler(pd):
    return read({"é": pd.inputs["openai"]["$auth"]["api_key"]}["é"] and {})
"""
SHOWS = 'def handler(pd):\n    raise ValueError(pd.inputs["openai"]["$auth"]["api_key"])\n'


def raised(client: EditorClient, uri: str) -> list[lsp.Diagnostic]:
    sent = client.published.get(uri, [])
    return [one for one in sent[-1].diagnostics if one.source == "pd-lsp run"] if sent else []


async def test_the_error_of_a_run_stands_on_the_line_that_raised_until_an_edit(
    editor: StartEditor, tmp_path: Path
) -> None:
    client = await editor(sandbox=True, pulls=False)
    uri = step(tmp_path, RAISES)
    assert (await run(client, uri, RAISES))["outcome"] == "raised"
    await until(lambda: bool(raised(client, uri)))
    (found,) = raised(client, uri)
    assert (found.message, found.severity) == ("KeyError: 'id'", lsp.DiagnosticSeverity.Error)
    assert found.range == lsp.Range(lsp.Position(1, 4), lsp.Position(1, 21))
    client.change(uri, RAISES + "\n", 2)
    await until(lambda: not raised(client, uri))


async def test_a_run_that_goes_well_takes_it_away(editor: StartEditor, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    text = f"import os\n\ndef handler(pd):\n    if not os.path.exists({str(flag)!r}):\n        raise OSError('gone')\n"
    client = await editor(pulls=False)
    uri = step(tmp_path, text)
    await run(client, uri, text)
    await until(lambda: bool(raised(client, uri)))
    flag.touch()
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": uri, "handler": "handler"}])
    await client.workspace_execute_command_async(command)
    await until(lambda: not raised(client, uri))


async def test_a_secret_in_what_was_raised_is_blanked(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(sandbox=True, pulls=False)
    uri = step(tmp_path, SHOWS)
    await run(client, uri, SHOWS)
    await until(lambda: bool(raised(client, uri)))
    assert raised(client, uri)[0].message == "ValueError: ‹openai.api_key›"


async def test_what_a_run_of_an_older_text_raised_stands_nowhere(editor: StartEditor, tmp_path: Path) -> None:
    client = await editor(pulls=False, answer=lambda _: client.change(uri, "\n" + RAISES, 2) or "Run once")  # type: ignore[func-returns-value]
    text = "def handler(pd):\n    raise ValueError('old')\n"
    uri = step(tmp_path, text)
    await run(client, uri, text)
    assert raised(client, uri) == []
