"""Asks for the accounts of a folder, as every command does that shows or chooses one."""

from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import CommandError

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.model import Accounts


async def fetch(caches: "AccountCaches", folder: Path) -> "Accounts":
    """The accounts of a folder, or a CommandError that says why there are none."""
    from pd_lsp.accounts.provider import AccountsError

    try:
        return await caches.of(folder).refresh()
    except AccountsError as error:
        raise CommandError(str(error)) from None
    finally:
        await caches.close()
