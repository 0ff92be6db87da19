"""Somebody with a machine of their own: their folders, their keyring or none, and the commands that they type."""

import base64
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pd_lsp.sandbox import Sandbox
from tests.accounts.real_keyring import RealKeyring
from tests.cli.terminal import Terminal
from tests.conftest import ROOT

_OF_THE_TESTS = ("PIPEDREAM_", "DBUS_", "PD_LSP_", "PYTHON_KEYRING", "XDG_RUNTIME_DIR")
"""What a person's environment does not take over from whoever runs the tests."""
_IMPATIENT = """
import sys
from pd_lsp.accounts import keyring_entry
from pd_lsp.cli import accounts_local, keeping, main
accounts_local.UNLOCKING = keeping.UNLOCKING = 0.5
for name in ("read_entry", "read_entry_async", "delete_entry", "keyring_name", "keyring_name_async"):
    getattr(keyring_entry, name).__kwdefaults__["seconds"] = 0.5
sys.exit(main.main())
"""
"""pd-lsp with less patience for a keyring: nobody wants to wait for what is known not to come."""

_READS = """\
def handler(pd):
    auth = pd.inputs["{app}"]["$auth"]
    print(auth)
    return {{key: len(auth[key]) for key in auth}}
"""


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str

    @property
    def all(self) -> str:
        """Everything that was shown."""
        return self.out + self.err

    @property
    def document(self) -> Any:
        """The one JSON document that was printed."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Person:
    """What they type runs in `folder`, where nothing of the project lies."""

    home: Path
    folder: Path
    keyring: RealKeyring | None = None
    variables: dict[str, str] = field(default_factory=dict)
    program: tuple[str, ...] = (sys.executable, "-m", "pd_lsp")

    def with_variables(self, **variables: str) -> "Person":
        return replace(self, variables={**self.variables, **variables})

    def impatient(self) -> "Person":
        """The same, who waits half a second for the keyring."""
        return replace(self, program=(sys.executable, "-c", _IMPATIENT))

    @property
    def environment(self) -> dict[str, str]:
        """The environment of what they start."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OF_THE_TESTS)}
        bus = ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")
        keyring = {name: self.keyring.environment[name] for name in bus} if self.keyring else {}
        return {**inherited, "PYTHONPATH": str(ROOT), "HOME": str(self.home), **keyring, **self.variables}

    def types(self, *arguments: object, given: str | bytes = "") -> Done:
        """Calls pd-lsp from a script, whose standard input is `given`."""
        done = subprocess.run(
            [*self.program, *map(str, arguments)],
            input=given if isinstance(given, bytes) else given.encode(),
            capture_output=True,
            env=self.environment,
            cwd=self.folder,
            timeout=120,
            check=False,
        )
        said = Done(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in said.all, said.all
        return said

    def at_terminal(self, *arguments: object) -> Terminal:
        """Calls pd-lsp on a terminal of its own."""
        return Terminal([*self.program, *map(str, arguments)], self.environment, self.folder)

    def configuration(self) -> Any:
        """What config.json has."""
        file = self._own("XDG_CONFIG_HOME") / "config.json"
        return json.loads(file.read_text()) if file.exists() else {}

    def cached(self) -> list[Path]:
        """The files of names."""
        return sorted(self._own("XDG_CACHE_HOME").glob("accounts-*.json"))

    def files_with(self, secret: str) -> list[Path]:
        """The files in the person's folders that hold `secret`, plain or in a shape that anybody could read."""
        forms = shapes(secret)
        places = {self.home, self.folder, *(self._own(name).parent for name in _FOLDERS)}
        files = {file for place in places for file in place.rglob("*") if file.is_file() and not file.is_symlink()}
        assert files, "nothing was searched"
        return sorted(file for file in files if any(form in file.read_bytes() for form in forms))

    def kept(self) -> dict[str, str]:
        """The entries of pd-lsp in the keyring, by name."""
        assert self.keyring
        return kept_in(self.keyring)

    def _own(self, variable: str) -> Path:
        return Path(self.environment[variable]) / "pd-lsp"


_FOLDERS = ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME")


def shapes(secret: str) -> list[bytes]:
    """What a file could have of a secret: plain, in hex, in UTF-16, in base64 at each of three places."""
    raw = secret.encode()
    inner = [base64.b64encode(b"\0" * shift + raw)[4 * bool(shift) : -4] for shift in range(3)]
    return [raw, raw.hex().encode(), raw.hex().upper().encode(), secret.encode("utf-16-le"), *inner]


def sign_in_arguments(sandbox: Sandbox, *more: str) -> list[str]:
    """What `pd-lsp login` needs to be told for the sandbox, except the secret."""
    of_sandbox = {
        "--project": sandbox.project_id,
        "--user": sandbox.external_user_id,
        "--client-id": sandbox.client_id,
        "--host": sandbox.url,
    }
    return ["login", *(word for pair in of_sandbox.items() for word in pair), "--yes", *more]


def sign_in(person: Person, sandbox: Sandbox, *more: str) -> Done:
    """Signs in from a script; the secret comes by standard input."""
    done = person.types(*sign_in_arguments(sandbox, *more), given=f"{sandbox.client_secret}\n")
    assert done.code == 0, done.all
    return done


def printing(secret: str) -> str:
    """A command that prints a secret, as it is given to an option; the secret stands in it the other way round."""
    return shlex.join([sys.executable, "-c", f"print({secret[::-1]!r}[::-1])"])


def step(folder: Path, app: str = "openai") -> Path:
    """A lone step that reads an account: it prints it, and returns how long the value of each key is."""
    file = folder / "step.py"
    file.write_text(_READS.format(app=app))
    return file


def kept_in(keyring: RealKeyring) -> dict[str, str]:
    with _opened(keyring) as items:
        return {item.get_attributes()["username"]: item.get_secret().decode() for item in items}


def empty(keyring: RealKeyring) -> None:
    with _opened(keyring) as items:
        for item in items:
            item.delete()


class _opened:  # noqa: N801 - a context manager that reads as a verb
    """The entries of pd-lsp, as another program of the person's sees them."""

    def __init__(self, keyring: RealKeyring) -> None:
        self._address = keyring.environment["DBUS_SESSION_BUS_ADDRESS"]

    def __enter__(self) -> Sequence[Any]:
        import secretstorage  # noqa: PLC0415 - Linux has it, and so does everything that asks for a real keyring
        from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - as above

        self._bus = open_dbus_connection(self._address, auth_timeout=60)
        return list(secretstorage.get_default_collection(self._bus).search_items({"service": "pd-lsp"}))

    def __exit__(self, *_: object) -> None:
        self._bus.close()
