"""Many accounts against few: a refresh, a start from the file, a completion after it. Each in a process of its own."""

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from bench.sandboxes import connect, sandbox_with
from bench.wire import WrongAnswerError

if TYPE_CHECKING:
    from pd_lsp.accounts.cache import AccountCache

FEW, MANY = (0, 0), (10_000, 3_000)
"""Accounts and apps beside those that every sandbox has, which are about ten."""


def measured(size: tuple[int, int], rounds: int) -> dict[str, float]:
    """What one process measures with so many accounts and apps: milliseconds, and megabytes."""
    command = [sys.executable, "-m", "bench.accounts", *map(str, size), str(rounds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WrongAnswerError(f"{command} said {done.stderr}")
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main(accounts: int, apps: int, rounds: int) -> None:
    """Measures, and prints what it found as JSON."""
    with sandbox_with(accounts, apps) as announced:
        print(json.dumps(asyncio.run(_measure(announced, accounts, rounds))))


async def _measure(announced: dict[str, str], accounts: int, rounds: int) -> dict[str, float]:
    from pd_lsp.accounts.cache import AccountCache

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "own" / "accounts.json"
        before = psutil.Process().memory_info().rss
        cache = AccountCache(connect(announced), file)
        refreshes = [await _refresh(cache) for _ in range(rounds)]
        if len(cache.current.accounts) < accounts:
            raise WrongAnswerError(f"{len(cache.current.accounts)} accounts were found")
        loads = [_load(file, accounts) for _ in range(rounds)]
        keys = [_complete(cache, 'pd.inputs["openai"]["$auth"]["', "api_key") for _ in range(rounds * 5)]
        apps = [_complete(cache, 'pd.inputs["', "openai") for _ in range(rounds * 5)]
        await cache.close()
        return {
            "refresh": statistics.median(refreshes),
            "memory": (psutil.Process().memory_info().rss - before) / 1e6,
            "load": statistics.median(loads),
            "keys": statistics.median(keys),
            "apps": statistics.median(apps),
        }


async def _refresh(cache: "AccountCache") -> float:
    begun = time.perf_counter()
    await cache.refresh()
    return (time.perf_counter() - begun) * 1000


def _load(file: Path, accounts: int) -> float:
    from pd_lsp.accounts.cache import AccountCache
    from pd_lsp.accounts.provider import NoAccounts

    cache = AccountCache(NoAccounts(), file)
    begun = time.perf_counter()
    cache.load()
    took = (time.perf_counter() - begun) * 1000
    if len(cache.current.accounts) < accounts:
        raise WrongAnswerError(f"{len(cache.current.accounts)} accounts were in the file")
    return took


def _complete(cache: "AccountCache", typed: str, expected: str) -> float:
    from pd_lsp.catalog import known_app
    from pd_lsp.features.completion import complete
    from pd_lsp.server import convert
    from pd_lsp.syntax.snapshot import Snapshot
    from pd_lsp.syntax.tree import parse
    from pd_lsp.text import LineIndex, Offset

    text = f"def handler(pd):\n    token = {typed}"
    begun = time.perf_counter()
    lines = LineIndex(text)
    snapshot = Snapshot(lines, parse(text), cache.current, None, None, known_app, lambda _slug, _app: ())
    found = convert.completion_list(lines, complete(snapshot, Offset(len(text))), "utf-16", complete=True)
    if expected not in [item.label for item in found.items]:
        raise WrongAnswerError(f"{expected} is not among the completions")
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
