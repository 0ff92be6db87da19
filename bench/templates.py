"""Code actions with many apps known against few, and what the catalogue takes. Each in a process of its own."""

import json
import statistics
import subprocess
import sys
import time
from itertools import chain, count, islice
from typing import TYPE_CHECKING

import psutil

from bench.wire import WrongAnswerError

if TYPE_CHECKING:
    from pd_lsp.model import Accounts

FEW, MANY = 10, 3_000
"""Apps with a connected account: more than the catalogue knows, in which case the rest are invented."""
_TEXT = 'import requests\n\n\ndef handler(pd: "pipedream"):\n    channel = "#general"\n    return channel\n'


def measured(apps: int, rounds: int) -> dict[str, float]:
    """What one process measures with so many apps: milliseconds of processor time, and megabytes."""
    command = [sys.executable, "-m", "bench.templates", str(apps), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WrongAnswerError(f"{command} said {done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(apps: int, rounds: int) -> None:
    """Measures, and prints what it found as JSON."""
    catalogue, file = _catalogue()
    accounts = _accounts(apps)
    first, *later = (_ask(accounts) for _ in range(1 + rounds * 25))
    print(json.dumps({"first": first, "later": statistics.median(later), "catalogue": catalogue, "file": file}))


def _catalogue() -> tuple[float, float]:
    """The megabytes that the catalogue takes once it is read, and those of its file."""
    from importlib import resources

    from pd_lsp.catalog import catalog
    from pd_lsp.model import AppSlug

    before = psutil.Process().memory_info().rss
    if catalog().app(AppSlug("slack_v2")) is None:
        raise WrongAnswerError("the catalogue does not know slack_v2")
    after = psutil.Process().memory_info().rss
    return (after - before) / 1e6, len(resources.files("pd_lsp.catalog").joinpath("apps.json").read_bytes()) / 1e6


def _accounts(apps: int) -> "Accounts":
    from pd_lsp.catalog import catalog
    from pd_lsp.model import Account, Accounts, App, AppSlug

    slugs = islice(chain(catalog(), (AppSlug(f"invented_{number}") for number in count())), apps)
    known = (Account(f"apn_{number}", App(slug, slug), "a") for number, slug in enumerate(slugs))
    return Accounts(tuple(known), complete=True)


def _ask(accounts: "Accounts") -> float:
    """The processor time of one question for code actions in a handler, from its text to what the editor is told."""
    from lsprotocol import types as lsp

    from pd_lsp.catalog import known_app
    from pd_lsp.features.code_actions import code_actions
    from pd_lsp.server import convert
    from pd_lsp.syntax.snapshot import Snapshot
    from pd_lsp.syntax.tree import parse
    from pd_lsp.templates import templates_for
    from pd_lsp.text import LineIndex, Offset, TextRange

    begun = time.process_time()
    lines, caret = LineIndex(_TEXT), Offset(_TEXT.index("    return"))
    snapshot = Snapshot(lines, parse(_TEXT), accounts, None, None, known_app, templates_for)
    actions = code_actions(snapshot, TextRange(caret, caret))
    told = convert.code_actions("file:///step.py", lines, actions, "utf-16", lsp.Position(_TEXT[:caret].count("\n"), 0))
    took = (time.process_time() - begun) * 1000
    if sum("Insert" in str(action.title) for action in told) < FEW:
        raise WrongAnswerError(f"{len(told)} actions are offered")
    return took


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
