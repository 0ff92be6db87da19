"""What an editor may copy into a report of a fault: a closed list of facts, none of which can hold a secret (D19)."""

import platform
import sys
import time
from typing import TYPE_CHECKING, Any

from pd_lsp import __version__
from pd_lsp.server.guarded import costs_only_its_answer

if TYPE_CHECKING:
    from pd_lsp.accounts import SignIn
    from pd_lsp.server.app import PdLanguageServer


def give_debug_information(server: "PdLanguageServer") -> None:
    """Adds the command."""

    @server.command("pd.debugInformation")
    @costs_only_its_answer(None)
    def tell(*_arguments: Any) -> dict[str, Any]:
        return debug_information(server)


def debug_information(server: "PdLanguageServer") -> dict[str, Any]:
    """Versions, the system, and counts, as JSON. Of accounts there is how many, how old the list is, and whose kind."""
    state = server.state
    folder = next(iter(sorted(state.trusted_by_editor)), None)
    cache = state.accounts_of(folder)
    accounts = cache.current
    return {
        "version": __version__,
        "python": platform.python_version(),
        "implementation": sys.implementation.name,
        "executable": sys.executable,
        "system": platform.system(),
        "machine": platform.machine(),
        "sandbox": state.settings.sandbox is not None,
        "signIn": _sign_in(state.accounts.sign_in(folder)),
        "accounts": len(accounts.accounts),
        "complete": accounts.complete,
        "minutesOld": round((time.time() - cache.kept_at) / 60) if cache.kept_at else None,
        "documents": len(state.documents),
        "trustedFolders": len(state.trusted_by_editor),
    }


def _sign_in(sign_in: "SignIn") -> str:
    return sign_in.kind or ("local" if sign_in.local_accounts else "none")
