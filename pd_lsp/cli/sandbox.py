"""`pd-lsp sandbox`: a stand-in for Pipedream's API and a few apps, on this machine."""

import json
import signal
import subprocess
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.own_process import own_command

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pd_lsp.accounts import SignIn
    from pd_lsp.settings import SandboxRun

_OF_CERTIFICATES = frozenset({"trustme", "cryptography"})


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("sandbox", help="serve a stand-in for Pipedream's API and a few apps")
    parser.add_argument(
        "--port",
        type=int,
        choices=range(65_536),
        metavar="PORT",
        default=0,
        help="the loopback port (default: any that is free)",
    )
    parser.add_argument("--json", action="store_true", help="say where it is as one line of JSON")
    parser.add_argument("--until-stdin-ends", action="store_true", help="end when standard input does")
    parser.set_defaults(call=serve_sandbox)


def serve_sandbox(arguments: Namespace) -> int:
    """Serves until it is interrupted, or until standard input ends."""
    try:
        from pd_lsp.sandbox import Sandbox
    except ModuleNotFoundError as error:
        if error.name not in _OF_CERTIFICATES:
            raise
        raise CommandError(
            f"The sandbox makes certificates with {error.name}, which is not there: for Macs with Intel processors and "
            "for Windows on ARM it can't be had ready-made. Use an account of your own: `pd-lsp accounts add APP`."
        ) from None
    try:
        sandbox = Sandbox(port=arguments.port)
    except OSError:
        raise CommandError(f"Port {arguments.port} is taken: choose another, or leave --port out.") from None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(SUCCEEDED))  # so that the certificate is removed
    with sandbox:
        announcement = sandbox.announcement()
        print(json.dumps(announcement) if arguments.json else _described(announcement), flush=True)
        if arguments.until_stdin_ends:
            sys.stdin.buffer.read()
        else:
            sandbox.serve_forever()
    return SUCCEEDED


def _described(announcement: dict[str, str]) -> str:
    lines = (f"  {name.replace('_', ' '):<18} {value}" for name, value in announcement.items())
    return "\n".join(["The sandbox is up. End it with Ctrl+C.", *lines])


@contextmanager
def running_sandbox() -> "Iterator[tuple[SandboxRun, SignIn]]":
    """A sandbox in a process of its own, which ends when this process does. Raises CommandError where none starts."""
    command, folder = own_command("sandbox", "--json", "--until-stdin-ends")
    with subprocess.Popen(command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            said = json.loads((process.stdout and process.stdout.readline()) or "null")
            if not isinstance(said, dict):
                raise CommandError("The sandbox did not start: try `pd-lsp sandbox` to see why.")
            yield reached_by(said)
        finally:
            process.communicate()


def reached_by(announcement: "Mapping[str, str]") -> "tuple[SandboxRun, SignIn]":
    """How steps reach the sandbox that has announced itself so, and how we sign in to it."""
    from pd_lsp.accounts import ClientKey, SignIn
    from pd_lsp.accounts.secret_sources import SecretSource
    from pd_lsp.accounts.sign_in import EventsKey, HeldSecret
    from pd_lsp.settings import ConnectProject, SandboxRun

    whose = (announcement[name] for name in ("project_id", "external_user_id", "environment", "url"))
    key = HeldSecret(SecretSource(("api_key",)), {"api_key": announcement["api_key"]})
    return (
        SandboxRun(announcement["proxy"], Path(announcement["certificate"])),
        SignIn(
            ConnectProject(*whose),
            ClientKey(announcement["client_id"], announcement["client_secret"]),
            events=EventsKey(key, announcement["url"]),
        ),
    )
