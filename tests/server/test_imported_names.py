"""What imported names stand for, with jedi's own process: only where it is needed, and in trusted folders."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from pd_lsp.server.document import open_document
from pd_lsp.server.imported_names import ImportedNames
from pd_lsp.syntax.pd_path import pd_path_at
from tests.marker import marked

ACCOUNTS = 'NAME = "slack"\n\ndef slack_auth(pd):\n    return pd.inputs[NAME]["$auth"]\n'


@pytest_asyncio.fixture
async def names() -> AsyncIterator[ImportedNames]:
    known = ImportedNames()
    yield known
    await known.end()


async def read_of(names: ImportedNames, folder: Path, text: str, most: int = 20) -> str | None:
    """What the key at `$0` is read of, in a step of the folder, once it is known."""
    text, offset = marked(text)
    document = open_document(folder / "entry.py", text, 1)
    for _ in range(most):
        imports = names.of(document, folder)
        found = pd_path_at(document.tree, offset, imports)
        if not imports.is_late:
            return " ".join((found.member, *found.keys)) if found else None
        await names.settle()
    return "late"


async def test_a_helper_of_a_module_beside_the_step_is_followed(names: ImportedNames, tmp_path: Path) -> None:
    (tmp_path / "accounts.py").write_text(ACCOUNTS)
    for text in (
        'from accounts import slack_auth\n\ndef handler(pd):\n    slack_auth(pd)["$0"]\n',
        'from accounts import slack_auth as auth\n\ndef handler(pd):\n    a = auth(pd)\n    a["$0',
        'from accounts import (\n    slack_auth,\n)\n\ndef handler(pd):\n    slack_auth(pd)["$0"]\n',
        'import accounts\n\ndef handler(pd):\n    accounts.slack_auth(pd)["$0"]\n',
        'def handler(pd):\n    from accounts import slack_auth\n    slack_auth(pd)["$0"]\n',
    ):
        assert await read_of(names, tmp_path, text) == "inputs slack $auth", text


async def test_a_constant_of_a_module_is_a_key(names: ImportedNames, tmp_path: Path) -> None:
    (tmp_path / "accounts.py").write_text(ACCOUNTS)
    text = 'from accounts import NAME\n\ndef handler(pd):\n    pd.inputs[NAME]["$0"]\n'
    assert await read_of(names, tmp_path, text) == "inputs slack"


async def test_a_module_that_has_changed_is_read_again(names: ImportedNames, tmp_path: Path) -> None:
    text = 'from accounts import slack_auth\n\ndef handler(pd):\n    slack_auth(pd)["$0"]\n'
    (tmp_path / "accounts.py").write_text(ACCOUNTS)
    assert await read_of(names, tmp_path, text) == "inputs slack $auth"
    (tmp_path / "accounts.py").write_text(ACCOUNTS.replace("slack", "github", 1))
    assert await read_of(names, tmp_path, text) == "inputs github $auth"


async def test_nobody_is_asked_where_the_text_tells_or_no_module_lies_beside_it(
    names: ImportedNames, tmp_path: Path
) -> None:
    (tmp_path / "accounts.py").write_text(ACCOUNTS)
    for text, found in (
        ('from accounts import x\n\ndef handler(pd):\n    pd.inputs["$0"]\n', "inputs"),
        ('from accounts import x\n\ndef handler(pd):\n    a = pd.inputs["a"]\n    a["$0"]\n', "inputs a"),
        ('from requests import x\n\ndef handler(pd):\n    x(pd)["$0"]\n', None),
        ('from .. import x\n\ndef handler(pd):\n    "from accounts import x[$0"\n', None),
    ):
        assert await read_of(names, tmp_path, text, most=1) == found, text


async def test_a_module_that_leads_out_of_the_folder_is_not_read(names: ImportedNames, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside.py").write_text(ACCOUNTS)
    (inside / "accounts.py").symlink_to(tmp_path / "outside.py")
    text = 'from accounts import slack_auth\n\ndef handler(pd):\n    slack_auth(pd)["$0"]\n'
    assert await read_of(names, inside, text) is None
