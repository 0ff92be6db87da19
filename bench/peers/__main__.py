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
from pathlib import Path

from bench.peers.figures import Figures
from bench.peers.goals import Results
from bench.peers.measuring import Plan, diagnose, hover_key, list_apps, type_key, weigh
from bench.peers.places import APPS, functions_of, one_function
from bench.peers.report import apps_table, goals_table, place_table, shapes_table
from bench.peers.servers import Competitor, competitors
from bench.peers.session import Players, begin, session
from bench.peers.stub import Keys
from bench.peers.trying import Tried, try_shapes
from bench.sandboxes import accounts_in, sandbox_with

_OWN = 14
"""Apps that every sandbox has accounts of."""


_FULL = (
    Plan(functions_of(50), keys=6, questions=6, seconds=12),
    Plan(functions_of(500), keys=6, questions=6, seconds=12),
    Plan(functions_of(5_000), keys=2, questions=3, seconds=5),
    Plan(functions_of(50_000), keys=1, questions=1, seconds=2),
    Plan(one_function(5_000), keys=1, questions=2, seconds=3),
)
_QUICK = (
    Plan(functions_of(50), keys=3, questions=3, seconds=6),
    Plan(functions_of(5_000), keys=1, questions=2, seconds=3),
)
_ACCOUNTS = (10, 1_000, 10_000)
_LISTS = 6
"""How often the list of apps is asked for."""


def main() -> int:
    """Runs it all."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers")
    parser.add_argument("--quick", action="store_true", help="fewer places and rounds, for trying out")
    plans, accounts = (_QUICK, _ACCOUNTS[:-1]) if parser.parse_args().quick else (_FULL, _ACCOUNTS)
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a person's Python keeps what it has compiled
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = os.environ["XDG_CONFIG_HOME"] = folder
        print(f"Python {platform.python_version()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}.", flush=True)
        results = _measured(plans, accounts, Path(folder))
    _print("Goals", goals_table(results))
    print(f"\nIt took {(time.monotonic() - begun) / 60:.0f} minutes; load at the end {os.getloadavg()[0]:.1f}.")
    return 0


def _measured(plans: Sequence[Plan], numbers: Sequence[int], folder: Path) -> Results:
    shapes: Tried = {}
    places: dict[str, dict[str, Figures]] = {}
    apps: dict[int, dict[str, Figures]] = {}
    with _accounts_of(0) as (all_of_them, keys):
        _say_missing(all_of_them)
        with _session(all_of_them, keys, folder) as players:
            begin(players, APPS.text(""), APPS.caret(""))
            shapes = try_shapes(players)
            _print("Shapes", shapes_table(shapes))
        for plan in plans:
            with _session(all_of_them, keys, folder) as players:
                _type(players, plan)
                found = places[plan.place.name] = _figures(players)
            _print(plan.place.name, place_table(found))
    for number in numbers:
        with _accounts_of(number - _OWN) as (all_of_them, keys), _session(all_of_them, keys, folder) as players:
            begin(players, APPS.text(""), APPS.caret(""))
            list_apps(players, keys, _LISTS)
            apps[number] = _figures(players)
    _print("The list of apps, by number of accounts", apps_table(apps))
    return Results(shapes, places, apps)


def _type(players: Players, plan: Plan) -> None:
    begin(players, plan.place.text(""), plan.place.caret(""))
    type_key(players, plan)
    hover_key(players, plan)
    diagnose(players, plan)
    weigh(players)


@contextmanager
def _accounts_of(more: int) -> Iterator[tuple[list[Competitor], Keys]]:
    """All servers, and the keys of each app, in a sandbox with so many more accounts, each of an app of its own."""
    with sandbox_with(max(more, 0), max(more, 0)) as announced:
        found = asyncio.run(accounts_in(announced))
        yield competitors(announced), {one.app.slug: one.keys.names for one in found.accounts}


@contextmanager
def _session(all_of_them: list[Competitor], keys: Keys, folder: Path) -> Iterator[Players]:
    present = [one for one in all_of_them if not one.is_missing]
    with tempfile.TemporaryDirectory(dir=folder) as own, session(present, keys, Path(own)) as players:
        yield players


def _say_missing(all_of_them: list[Competitor]) -> None:
    for one in all_of_them:
        if one.is_missing:
            print(f"{one.name} is missing: it could not be installed here.", flush=True)


def _figures(players: Players) -> dict[str, Figures]:
    for name, one in players.items():
        if one.figures.why:
            print(f"{name}: {one.figures.why}", file=sys.stderr, flush=True)
    return {name: one.figures for name, one in players.items()}


def _print(heading: str, table: Iterator[str]) -> None:
    print(f"\n## {heading}\n", *table, sep="\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
