"""Environment names, members of `pd`, signatures and first letters, over the wire."""

from pathlib import Path

from lsprotocol import types as lsp

from tests.e2e.conftest import StartEditor
from tests.e2e.test_editing import complete_at, open_marked, workspace

SECRET = "made-up-value-0123456789"


async def test_names_in_the_projects_dotenv_file_are_completed_and_explained_without_a_value(
    editor: StartEditor, tmp_path: Path
) -> None:
    uri = workspace(tmp_path).as_uri()
    (tmp_path / ".env").write_text(f"API_TOKEN={SECRET}\n")
    client = await editor()
    found = await complete_at(client, uri, open_marked(client, uri, 'def handler(pd):\n    os.environ["$0"]\n'))
    assert [(item.label, item.detail) for item in found.items] == [("API_TOKEN", "in .env of this project")]
    assert not found.is_incomplete
    position = open_marked(client, uri, 'def handler(pd):\n    os.environ["API_$0TOKEN"]\n', 2)
    said = await client.text_document_hover_async(
        lsp.HoverParams(text_document=lsp.TextDocumentIdentifier(uri=uri), position=position)
    )
    assert "in .env of this project" in str(said).replace("\\", "")
    assert SECRET not in str((found, said))


async def test_members_of_pd_are_completed_behind_a_dot_with_how_they_are_called(
    editor: StartEditor, tmp_path: Path
) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor()
    found = await complete_at(client, uri, open_marked(client, uri, "def handler(pd):\n    pd.flow.$0\n"))
    delay = next(item for item in found.items if item.label == "delay")
    assert (delay.kind, delay.detail) == (lsp.CompletionItemKind.Method, "pd.flow.delay(ms)")


async def test_a_call_of_pd_is_explained_while_its_arguments_are_typed(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor()
    position = open_marked(client, uri, 'def handler(pd):\n    "😀"; pd.export("name", $0)\n')
    document = lsp.TextDocumentIdentifier(uri=uri)
    found = await client.text_document_signature_help_async(lsp.SignatureHelpParams(document, position))
    assert found
    assert (found.signatures[0].label, found.active_parameter) == ("pd.export(name, value)", 1)
    position = open_marked(client, uri, "def handler(pd):\n    print($0)\n", 2)
    assert await client.text_document_signature_help_async(lsp.SignatureHelpParams(document, position)) is None


async def test_the_first_letter_of_a_word_gets_a_list_that_is_asked_for_again(
    editor: StartEditor, tmp_path: Path
) -> None:
    uri = workspace(tmp_path).as_uri()
    client = await editor()
    found = await complete_at(client, uri, open_marked(client, uri, "def handler(pd):\n    s$0\n"))
    assert (list(found.items), found.is_incomplete) == ([], True)
    found = await complete_at(client, uri, open_marked(client, uri, "def handler(pd):\n    x = s$0\n", 2))
    assert (list(found.items), found.is_incomplete) == ([], False)


async def test_what_a_step_gave_on_in_a_run_is_completed_in_the_step_behind_it(
    editor: StartEditor, tmp_path: Path
) -> None:
    second = workspace(tmp_path)
    first = second.parent.parent / "first" / "entry.py"
    first.parent.mkdir()
    text = f"def handler(pd):\n    made = dict(up={SECRET!r})\n    return made\n"
    first.write_text(text)
    client = await editor()
    behind = 'def handler(pd):\n    pd.steps["first"]["$return_value"]["$0"]\n'
    position = open_marked(client, second.as_uri(), behind)
    assert list((await complete_at(client, second.as_uri(), position)).items) == []
    client.open(first.as_uri(), text)
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": first.as_uri(), "handler": "handler"}])
    assert await client.workspace_execute_command_async(command)
    for _ in range(1000):  # a run is kept behind its result, by a thread that nobody waits for
        found = await complete_at(client, second.as_uri(), position)
        if found.items:
            break
    assert [(item.label, item.detail) for item in found.items] == [("up", "text, a run here")]


async def test_a_project_with_a_stub_leaves_members_to_the_python_server(editor: StartEditor, tmp_path: Path) -> None:
    uri = workspace(tmp_path).as_uri()
    (tmp_path / "typings").mkdir()
    (tmp_path / "typings" / "__builtins__.pyi").write_text("")
    client = await editor()
    found = await complete_at(client, uri, open_marked(client, uri, "def handler(pd):\n    pd.flow.$0\n"))
    assert list(found.items) == []
