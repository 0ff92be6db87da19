"""A project that names the accounts which each person keeps for themselves."""

import json
from pathlib import Path

from lsprotocol import types as lsp

from pd_lsp.configuration import configuration_file
from pd_lsp.private_files import write_json
from tests.e2e.conftest import StartEditor
from tests.e2e.test_editing import complete_at, open_marked
from tests.e2e.test_running import run, step

TEXT = 'def handler(pd):\n    return pd.inputs["acme"]["$auth"]["api_key"]\n'


def name_acme(folder: Path) -> None:
    accounts = [{"app": "acme", "label": "Team", "keys": ["api_key", "host"]}]
    (folder / "pd-lsp.json").write_text(json.dumps({"accounts": accounts}))


async def test_its_keys_are_completed_for_somebody_who_has_no_account_at_all(
    editor: StartEditor, tmp_path: Path
) -> None:
    name_acme(tmp_path)
    client, uri = await editor(), step(tmp_path, "")
    position = open_marked(client, uri, 'def handler(pd):\n    pd.inputs["acme"]["$auth"]["$0"]\n')
    found = await complete_at(client, uri, position)
    assert [item.label for item in found.items] == ["api_key", "host"]


async def test_a_run_takes_the_values_that_the_person_keeps(editor: StartEditor, tmp_path: Path) -> None:
    name_acme(tmp_path)
    values = {"api_key": {"command": ["printf", "made-up-key"]}}
    write_json(configuration_file(), {"local_accounts": [{"app": "acme", "label": "Team", "values": values}]})
    client = await editor()
    result = await run(client, step(tmp_path, TEXT), TEXT)
    assert result["returned"] == "‹acme.api_key›"


async def test_a_run_without_values_says_how_to_keep_them(editor: StartEditor, tmp_path: Path) -> None:
    name_acme(tmp_path)
    values = {"api_key": {"command": ["printf", "made-up-key"]}}
    write_json(configuration_file(), {"local_accounts": [{"app": "other", "label": "x", "values": values}]})
    client = await editor()
    assert await run(client, step(tmp_path, TEXT), TEXT) is None
    assert "pd-lsp accounts add acme --label Team" in client.shown[0]


async def test_a_file_with_values_is_refused_once(editor: StartEditor, tmp_path: Path) -> None:
    (tmp_path / "pd-lsp.json").write_text('{"accounts": [{"app": "acme", "values": {"api_key": "x"}}]}')
    client, uri = await editor(), step(tmp_path, "")
    position = open_marked(client, uri, 'def handler(pd):\n    pd.inputs["acme"]["$auth"]["$0"]\n')
    for _ in range(3):
        await client.text_document_completion_async(
            lsp.CompletionParams(text_document=lsp.TextDocumentIdentifier(uri=uri), position=position)
        )
    assert len(client.shown) == 1
    assert "has more than names" in client.shown[0]
