"""A machine with the canaries planted in it, and every place where their text could go.

A test does something in it and then asks `check()`, which searches all that has come to any place since the last time.
What a secret is for is no leak. These destinations are let by, by name, and no others:
"""

import json
import os
import random
import shlex
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.sandbox.exchange import Request
from tests.conftest import ROOT
from tests.leaks.broken import BROKE
from tests.leaks.canaries import Canary, fourteen_shapes, one_word, values_of
from tests.leaks.files import Files
from tests.leaks.processes import seen_below
from tests.leaks.searching import Searcher
from tests.leaks.seeing_sandbox import SeeingSandbox

LEGITIMATE = {
    "the Authorization header of a request to the API": "it is how the API knows who asks",
    "the body of a sign-in at the API": "the client's secret is exchanged there for a token that lives briefly",
    "requests to apps": "the step sends them, with what it was given for that",
    "the step's process": "its values are what the step is run for",
    "the step's data store": "what a step keeps is its own, and lies in the person's folder with mode 0600",
    "the keyring": "the person keeps values there",
    "the project's .env": "the person wrote it",
    "the environment of the program that the person starts": "the person's shell has given it",
}

LOCAL_APP = "kept_here"
_OBSERVED, _BROKEN, _KEYRING = (
    str(Path(__file__).parent / name) for name in ("observed.py", "broken.py", "quoting_keyring.py")
)


@dataclass(frozen=True)
class Done:
    """What came of a command."""

    code: int
    out: str
    err: str


@dataclass
class World:
    """Made by `new_world`; everything that belongs to it lies in `folder`."""

    folder: Path
    steps_python: Path
    sandbox: SeeingSandbox
    planted: Mapping[str, Mapping[str, Canary]]
    sinks: list[tuple[str, bytes]] = field(default_factory=list)
    """Name and content of each place that was written to since the last `check`."""

    def __post_init__(self) -> None:
        for name in ("home", "tmp", "workspace", "state", "cache", "config/pd-lsp", "notes", "passwords"):
            (self.folder / name).mkdir(parents=True)
        self._plant()
        self._notes = self.folder / "notes" / "started"
        self._secrets = self.folder / "passwords" / "all"
        self._secrets.write_text("\n".join(canary.value for canary in self._canaries()), encoding="utf-8", newline="")
        self._searched = [self.folder / name for name in ("home", "tmp", "state", "cache", "config", "workspace")]
        self.files = Files(self._searched)
        self._requests = 0
        self.mistakes = 0
        """How often a place that was broken was come to."""
        self._known_tokens = 0
        self._searcher = Searcher(self._canaries())

    @property
    def workspace(self) -> Path:
        """The folder that is open in the editor: it has the `.env`."""
        return self.folder / "workspace"

    @property
    def environment(self) -> dict[str, str]:
        """What the person's programs start with: keys of the API, and a value of an account kept here, among others."""
        keys = self.planted["API keys"]
        sandbox = self.sandbox
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANG": "C.UTF-8",
            "HOME": str(self.folder / "home"),
            "TMPDIR": str(self.folder / "tmp"),
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_CONFIG_HOME": str(self.folder / "config"),
            "HTTPS_PROXY": sandbox.proxy,
            "SSL_CERT_FILE": str(sandbox.certificate),
            "REQUESTS_CA_BUNDLE": str(sandbox.certificate),
            "PIPEDREAM_CLIENT_ID": sandbox.client_id,
            "PIPEDREAM_CLIENT_SECRET": keys["CLIENT_SECRET"].value,
            "PIPEDREAM_API_KEY": keys["API_KEY"].value,
            "KEPT_IN_THE_SHELL": self.planted["account kept here"]["SLACK"].value,
        }

    def program(self, *arguments: object) -> list[str]:
        """The command line of `pd-lsp ARGUMENTS…`, observed."""
        return [sys.executable, _OBSERVED, str(self._notes), *map(str, arguments)]

    def broken(self, places: Iterable[str], *arguments: object) -> list[str]:
        """As `program`, where each of the places raises an exception that quotes every secret."""
        return [sys.executable, _BROKEN, str(self._notes), str(self._secrets), ",".join(places), *map(str, arguments)]

    def with_quoting_keyring(self, *arguments: object) -> list[str]:
        """As `program`, with a keyring that quotes every secret in its exceptions."""
        return [sys.executable, _KEYRING, str(self._notes), str(self._secrets), *map(str, arguments)]

    def step(self, text: str, name: str = "step.py") -> Path:
        """A step in the workspace."""
        file = self.workspace / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file

    def types(self, *arguments: object, given: str = "", **variables: str) -> Done:
        """Calls pd-lsp from a script, whose standard input is `given`."""
        return self.calls(self.program(*arguments), given=given, **variables)

    def calls(self, command: Sequence[str], *, given: str = "", **variables: str) -> Done:
        """What comes of a command line."""
        done = subprocess.run(
            command,
            input=given.encode(),
            capture_output=True,
            env={**self.environment, **variables},
            cwd=self.workspace,
            timeout=120,
            check=False,
        )
        self.heard(shlex.join(command[3:])[:80], done.stdout, done.stderr)
        return Done(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))

    def heard(self, program: str, out: bytes, err: bytes) -> None:
        """Keeps what a program has said."""
        self.sinks += [(f"standard output of {program}", out), (f"standard error of {program}", err)]

    def look_around(self) -> None:
        """Keeps what others can see of every process now, and every file that was written so far."""
        self.sinks += seen_below(str(Path(__file__).parent)).items()
        self._look_at_files()

    def check(self) -> None:
        """Fails where a secret is in any place that was written to since the last check, and says where."""
        self._look_at_files()
        self._look_at_requests()
        self._look_at_notes()
        for token in self.sandbox.tokens[self._known_tokens :]:
            self._known_tokens += 1
            self._searcher.learn(Canary("access token", token, public=("sandbox.",), planted="API"))
        sinks, self.sinks = self.sinks, []
        found = [f"{name}: {hit}" for name, content in sinks for hit in self._searcher.hits(content)]
        assert not found, "A secret has come to a place where it may not be.\n" + "\n".join(found)
        gate = [name for name, content in sinks if b"held a secret value" in content]
        assert not gate, "The last gate had to replace a secret: something before it let it through."

    def _canaries(self) -> Iterator[Canary]:
        for canaries in self.planted.values():
            yield from canaries.values()

    def _look_at_files(self) -> None:
        for path, content in self.files.changed():
            name = str(path.relative_to(self.folder))
            self.sinks.append(("the name of a file", name.encode("utf-8", "surrogateescape")))
            if not _may_hold(path):
                self.sinks.append((f"the file {name}", content))

    def _look_at_requests(self) -> None:
        for request in self.sandbox.seen[self._requests :]:
            self._requests += 1
            if request in self.sandbox.to_api():
                self.sinks.append((f"the request {request.method} to the API", _without_what_may_be(request)))

    def _look_at_notes(self) -> None:
        if self._notes.exists():
            for line in self._notes.read_bytes().splitlines():
                event, arguments, environment = json.loads(line)
                self.mistakes += event == BROKE
                self.sinks.append(("arguments of a process that pd-lsp started", arguments.encode()))
                self.sinks.append((f"environment of {arguments[:200]}", environment.encode()))
            self._notes.unlink()

    def _plant(self) -> None:
        dotenv = "".join(f"{name}='{_in_quotes(value)}'\n" for name, value in values_of(self.planted[".env"]).items())
        (self.workspace / ".env").write_bytes(dotenv.encode())
        kept: dict[str, dict[str, object]] = {"SLACK": {"environment": "KEPT_IN_THE_SHELL"}}
        for name, value in values_of(self.planted["account kept here"]).items():
            if name not in kept:
                (self.folder / "passwords" / name).write_bytes(value.encode())
                kept[name] = {"command": ["cat", str(self.folder / "passwords" / name)]}
        configuration = {
            "projects": [
                {
                    "folder": "",
                    "project_id": self.sandbox.project_id,
                    "external_user_id": self.sandbox.external_user_id,
                    "environment": self.sandbox.environment,
                    "client_id": self.sandbox.client_id,
                }
            ],
            "api_key": {},
            "local_accounts": [{"app": LOCAL_APP, "label": "default", "values": kept}],
        }
        (self.folder / "config" / "pd-lsp" / "config.json").write_text(json.dumps(configuration))


def new_world(folder: Path, steps_python: Path) -> World:
    """A world with secrets of its own; close its sandbox at the end."""
    chance = random.SystemRandom()
    keys = {name: one_word(f"API: {name}", chance) for name in ("CLIENT_SECRET", "API_KEY")}
    planted = {
        "account": fourteen_shapes("account", chance),
        ".env": fourteen_shapes(".env", chance),
        "account kept here": fourteen_shapes("account kept here", chance),
        "API keys": keys,
    }
    sandbox = SeeingSandbox(planted["account"], keys["CLIENT_SECRET"].value, keys["API_KEY"].value)
    return World(folder, steps_python, sandbox, planted)


def _in_quotes(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _may_hold(path: Path) -> bool:
    """Whether a file is the step's data store, or the project's `.env`."""
    return path.name == ".env" or ("data_stores" in path.parts and path.suffix == ".sqlite")


def _without_what_may_be(request: Request) -> bytes:
    headers = [f"{name}: {value}" for name, value in request.headers.items() if name != "authorization"]
    body = b"" if request.path == "/v1/oauth/token" else request.body
    return "\n".join([request.target, *headers]).encode() + b"\n" + body
