"""Writing the type stubs of the project that a document belongs to."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.accounts.provider import AccountsError
from pd_lsp.server import convert
from pd_lsp.stubs.change import Change, StubRefusedError, write
from pd_lsp.workflows.stub_file import stub_above
from pd_lsp.workflows.workflow_file import find_workflow_file

if TYPE_CHECKING:
    from pd_lsp.model import Accounts
    from pd_lsp.server.app import PdLanguageServer


async def write_stub(server: "PdLanguageServer", argument: Mapping[str, Any]) -> dict[str, Any] | None:
    """Writes the stub for the document `argument["uri"]`; which files, as JSON, or None where that can't be done."""
    uri = argument.get("uri")
    path = convert.path_of(uri) if isinstance(uri, str) else None
    folder = server.state.trusted_folder(path.resolve()) if path else None
    if path is None or folder is None:
        server.say(
            "Type stubs are written for a step in a trusted folder: open one, and trust its folder "
            "in the editor or with `pd-lsp trust FOLDER`."
        )
        return None
    root = _root(server, path.resolve(), folder)
    try:
        changes = await asyncio.to_thread(_write, root, await _accounts(server, path))
    except StubRefusedError as error:
        server.say(str(error), lsp.MessageType.Error)
        return None
    server.say(f"Type stubs are in {root.name}/{changes[0].name}.", lsp.MessageType.Info)
    return {"folder": str(root), "files": [{"name": one.name, "written": one.is_one} for one in changes]}


def _root(server: "PdLanguageServer", path: Path, folder: Path) -> Path:
    """The project's folder, inside the trusted one: where a stub is already, else as the editor or the files say."""
    known = stub_above(path, folder)
    if known:
        return known.parent.parent
    around = server.workspace_folder(path)
    workflow = find_workflow_file(path, folder)
    found = around or (workflow.parent.parent if workflow else folder)
    return found if found.is_relative_to(folder) else folder


async def _accounts(server: "PdLanguageServer", path: Path) -> "Accounts":
    """The accounts as they are known; where nobody has asked for them yet, they are asked for first."""
    cache = server.state.accounts_of(path)
    if not cache.current.complete:
        with suppress(AccountsError):  # what is kept of them is enough
            return await server.fresh_accounts(cache)
    return cache.current


def _write(root: Path, accounts: "Accounts") -> tuple[Change, ...]:
    # nobody needs these before the command is called
    from pd_lsp.stubs.project import read_project  # noqa: PLC0415
    from pd_lsp.stubs.stub import stub_changes  # noqa: PLC0415
    from pd_lsp.stubs.tools.mypy import uses_mypy  # noqa: PLC0415

    changes = stub_changes(read_project(root), accounts, for_mypy=uses_mypy(root))
    write(changes)
    return changes
