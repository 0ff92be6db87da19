"""A helper in a module beside the step, over the wire: the answer waits for jedi, or says that it is late."""

from pathlib import Path

from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.e2e.conftest import StartEditor
from tests.e2e.test_editing import open_marked, workspace

STEP = 'from accounts import auth_of\n\ndef handler(pd):\n    auth_of(pd)["$0"]\n'


async def completed(
    client: EditorClient, uri: str, place: lsp.Position, token: str | None = None, tries: int = 20
) -> list[str]:
    """What is offered, asked for again for as long as the list is said not to be all, as editors do."""
    document = lsp.TextDocumentIdentifier(uri=uri)
    for _ in range(tries):
        found = await client.text_document_completion_async(
            lsp.CompletionParams(text_document=document, position=place, work_done_token=token)
        )
        assert isinstance(found, lsp.CompletionList)
        if found.items or not found.is_incomplete:
            return [item.label for item in found.items]
    return []


async def test_a_helper_of_a_module_beside_the_step_is_followed_in_a_trusted_folder(
    editor: StartEditor, tmp_path: Path
) -> None:
    step = workspace(tmp_path)
    (step.parent / "accounts.py").write_text('def auth_of(pd):\n    return pd.inputs["x"]\n')
    client = await editor()
    place = open_marked(client, step.as_uri(), STEP)
    assert await completed(client, step.as_uri(), place) == ["$auth"]
    assert await completed(client, step.as_uri(), place, token="1") == ["$auth"]


async def test_a_module_beside_the_step_is_not_looked_at_in_a_folder_that_is_not_trusted(
    editor: StartEditor, tmp_path: Path
) -> None:
    step = workspace(tmp_path)
    (step.parent / "accounts.py").write_text('def auth_of(pd):\n    return pd.inputs["x"]\n')
    client = await editor()
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    assert await completed(client, step.as_uri(), open_marked(client, step.as_uri(), STEP)) == []
