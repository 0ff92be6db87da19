"""pd-lsp with a keyring that quotes secrets in every exception. A mock: no real one can be brought to do it.

Run by its path: the file for the notes of `observed.py`, the file with the secrets, the arguments of `pd-lsp`.
"""

import runpy
import sys
from pathlib import Path

import keyring.core
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordSetError

NOTES = sys.argv[1]
SECRETS = Path(sys.argv.pop(2)).read_text(encoding="utf-8")


class Quoting(KeyringBackend):
    """Has the name of one that is accepted."""

    priority = 1.0  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} {username} {SECRETS}") from OSError(SECRETS)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError(f"{service} {username} {password} {SECRETS}")

    def delete_password(self, service: str, username: str) -> None:
        raise RuntimeError(f"{service} {username} {SECRETS}")


if __name__ == "__main__":
    Quoting.__module__, Quoting.__qualname__ = "keyring.backends.SecretService", "Keyring"
    keyring.core._keyring_backend = Quoting()
    runpy.run_path(str(Path(__file__).parent / "observed.py"), run_name="__main__")
