"""Measures all servers beside each other, and prints tables and goals."""

import argparse
import asyncio
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.peers.figures import Figures
from bench.peers.goals import Results
from bench.peers.places import APPS, Place, functions_of, one_function
from bench.peers.report import apps_table, goals_table, place_table, shapes_table
from bench.peers.servers import Competitor, competitors
from bench.peers.session import (
    Playing,
    begin,
    diagnose,
    hover_key,
    list_apps,
    session,
    try_shapes,
    type_key,
    weigh,
)
from bench.peers.stub import Keys
from bench.sandboxes import accounts_in, sandbox_with

_OWN = 14
"""Apps that every sandbox has accounts of."""


@dataclass(frozen=True, slots=True)
class _Plan:
    places: Sequence[tuple[Place, int]]
    """Each with the number of times that the key is typed."""
    accounts: Sequence[int]
    times: int
    """For hover, diagnostics and the list of apps."""


_FULL = _Plan(
    (
        (functions_of(50), 10),
        (functions_of(500), 10),
        (functions_of(5_000), 3),
        (functions_of(50_000), 1),
        (one_function(5_000), 2),
    ),
    (10, 1_000, 10_000),
    10,
)
_QUICK = _Plan(((functions_of(50), 3), (functions_of(5_000), 1)), (10, 1_000), 4)


def main() -> int:
    """Runs it all."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers")
    parser.add_argument("--quick", action="store_true", help="fewer places and rounds, for trying out")
    plan = _QUICK if parser.parse_args().quick else _FULL
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.", flush=True)
        results = _measure(plan, Path(folder))
    print(f"\n## Goals\n\n{_lines(goals_table(results))}")
    print(f"\nIt took {(time.monotonic() - begun) / 60:.0f} minutes; load at the end {os.getloadavg()[0]:.1f}.")
    return 0


def _measure(plan: _Plan, folder: Path) -> Results:
    shapes: dict[str, tuple[set[str], set[str]]] = {}
    places: dict[str, dict[str, Figures]] = {}
    apps: dict[int, dict[str, Figures]] = {}
    with _world(0, folder) as (all_of_them, keys):
        _say_missing(all_of_them)
        for place, rounds in plan.places:
            with _session(all_of_them, keys, folder) as playing:
                _type(playing, place, rounds, plan.times)
                places[place.name] = _figures(playing)
                print(f"\n## {place.name}\n\n{_lines(place_table(places[place.name]))}", flush=True)
                if not shapes:
                    shapes = try_shapes(playing)
                    print(f"\n## Shapes\n\n{_lines(shapes_table(shapes))}", flush=True)
    for accounts in plan.accounts:
        with _world(max(accounts - _OWN, 0), folder) as (all_of_them, keys):
            with _session(all_of_them, keys, folder) as playing:
                begin(playing, APPS.text(""), APPS.caret(""))
                list_apps(playing, keys, plan.times)
                apps[accounts] = _figures(playing)
    print(f"\n## The list of apps, by number of accounts\n\n{_lines(apps_table(apps))}", flush=True)
    return Results(shapes, places, apps)


def _type(playing: dict[str, Playing], place: Place, rounds: int, times: int) -> None:
    begin(playing, place.text(""), place.caret(""))
    type_key(playing, place, rounds)
    hover_key(playing, place, times)
    diagnose(playing, place, times)
    weigh(playing)


@contextmanager
def _world(more: int, folder: Path) -> Iterator[tuple[list[Competitor], Keys]]:
    """All servers, and the keys of each app, in a sandbox with so many more accounts, each of an app of its own."""
    with sandbox_with(more, more) as announced:
        found = asyncio.run(accounts_in(announced))
        yield competitors(announced), {one.app.slug: one.keys.names for one in found.accounts}


@contextmanager
def _session(all_of_them: list[Competitor], keys: Keys, folder: Path) -> Iterator[dict[str, Playing]]:
    with tempfile.TemporaryDirectory(dir=folder) as own:
        with session([one for one in all_of_them if not one.is_missing], keys, Path(own)) as playing:
            yield playing


def _say_missing(all_of_them: list[Competitor]) -> None:
    for one in all_of_them:
        if one.is_missing:
            print(f"{one.name} is missing: it could not be installed here.", flush=True)


def _figures(playing: dict[str, Playing]) -> dict[str, Figures]:
    for name, one in playing.items():
        if one.figures.why:
            print(f"{name}: {one.figures.why}", file=sys.stderr, flush=True)
    return {name: one.figures for name, one in playing.items()}


def _lines(lines: Iterator[str]) -> str:
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
