"""The commands of `pd-lsp`, in the order of its help, and the parser of its command line."""

import argparse

from pd_lsp import __version__
from pd_lsp.cli import (
    accounts,
    allow,
    check,
    data_store,
    debug_adapter,
    demo,
    doctor,
    env,
    events,
    init,
    listen,
    login,
    logout,
    replay,
    run,
    runs,
    sandbox,
    serve,
    stub,
    template,
    trust,
    whoami,
)

COMMANDS = (
    serve,
    run,
    check,
    replay,
    listen,
    events,
    runs,
    login,
    logout,
    whoami,
    accounts,
    template,
    init,
    stub,
    data_store,
    debug_adapter,
    trust,
    allow,
    env,
    doctor,
    sandbox,
    demo,
)


def parser() -> argparse.ArgumentParser:
    """What reads a command line: the command is `call` of what it makes, which takes that and returns the exit code."""
    made = argparse.ArgumentParser(prog="pd-lsp", description="Pipedream's Python code steps, in your editor.")
    made.add_argument("--version", action="version", version=f"pd-lsp {__version__}")
    made.add_argument(
        "--stay", action="store_true", help="wait for Enter at the end, in a terminal that closes with its command"
    )
    commands = made.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in COMMANDS:
        command.add_parser(commands)
    return made
