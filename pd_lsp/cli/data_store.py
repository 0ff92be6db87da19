"""`pd-lsp data-store`: what steps have stored here, as `pd.inputs["data_store"]` of their runs gives it."""

import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path
from typing import Any

from pd_lsp.cli.asking import confirm
from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.screen import say

_LARGEST_SEED = 50_000_000


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("data-store", help="list, fill or empty the data stores that runs use here")
    actions = parser.add_subparsers(title="actions", metavar="ACTION", required=True)
    _add_listing(actions)
    _add_seeding(actions)
    _add_clearing(actions)


def _add_listing(actions: "_SubParsersAction[ArgumentParser]") -> None:
    listing = actions.add_parser("list", help="the stores of a project, or the entries of one")
    _add_place(listing)
    listing.add_argument("name", metavar="NAME", nargs="?", help="the store whose entries are printed")
    listing.add_argument("--json", action="store_true", help="print one JSON object, as `seed` reads it")
    listing.set_defaults(call=list_stores)


def _add_seeding(actions: "_SubParsersAction[ArgumentParser]") -> None:
    seeding = actions.add_parser("seed", help="store the entries of a JSON object")
    _add_place(seeding)
    seeding.add_argument("name", metavar="NAME", help="the store")
    seeding.add_argument("file", metavar="FILE", type=Path, help="a JSON object of keys and values; - reads it here")
    seeding.set_defaults(call=seed_store)


def _add_clearing(actions: "_SubParsersAction[ArgumentParser]") -> None:
    clearing = actions.add_parser("clear", help="delete every entry of a store")
    _add_place(clearing)
    clearing.add_argument("name", metavar="NAME", help="the store")
    clearing.add_argument("--yes", action="store_true", help="do not ask")
    clearing.set_defaults(call=clear_store)


def _add_place(parser: ArgumentParser) -> None:
    parser.add_argument("place", metavar="STEP", type=Path, help="a step, or the folder of its workflow or project")


def list_stores(arguments: Namespace) -> int:
    """Prints the names of the stores with how much they hold, or the entries of one."""
    from pd_lsp.runs.data_stores import entries
    from pd_lsp.runs.store_files import store_file, stores

    project = _project(arguments.place)
    if arguments.name:
        held = _tried(entries, _existing(project, arguments.name))
        text = json.dumps(held, indent=2, ensure_ascii=False)
        say(text if arguments.json or held else f"{arguments.name} is empty.", sys.stdout)
        return SUCCEEDED
    names = stores(project)
    counts = {name: len(_tried(entries, store_file(project, name))) for name in names}
    if arguments.json:
        print(json.dumps(counts))
    elif not counts:
        print(f"No step of {project} has used a data store here.")
    else:
        print("\n".join(f"{name}  {count} key{'' if count == 1 else 's'}" for name, count in counts.items()))
    return SUCCEEDED


def seed_store(arguments: Namespace) -> int:
    """Stores what a file has."""
    from pd_lsp.runs.data_stores import seed
    from pd_lsp.runs.store_files import store_file

    values = _values(arguments.file)
    _tried(seed, store_file(_project(arguments.place), arguments.name), values)
    print(f"{arguments.name} has {len(values)} key{'' if len(values) == 1 else 's'} of {arguments.file} now.")
    return SUCCEEDED


def clear_store(arguments: Namespace) -> int:
    """Empties a store."""
    from pd_lsp.runs.data_stores import clear

    file = _existing(_project(arguments.place), arguments.name)
    if not confirm(f"Delete everything in {arguments.name}?", agreed=arguments.yes):
        raise CommandError("Nothing was deleted: agree with --yes.")
    count = _tried(clear, file)
    print(f"{count} key{'' if count == 1 else 's'} deleted from {arguments.name}.")
    return SUCCEEDED


def _project(place: Path) -> Path:
    """The project that a place belongs to, as a run of its steps would have it."""
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.model import Accounts
    from pd_lsp.runs.plan import project_of
    from pd_lsp.runs.step_file import read_step, step_file
    from pd_lsp.workflows.files import UnreadableFileError

    if not place.exists():
        raise CommandError(f"There is no {place}: name a step, or the folder of its workflow or project.")
    if place.is_dir() and not (place / "entry.py").is_file():
        return place.resolve().parent if (place / "workflow.yaml").is_file() else place.resolve()
    try:
        file = step_file(place)
        snapshot, _ = read_step(file, Accounts())
    except (UnreadableFileError, AccountsError) as error:
        raise CommandError(str(error)) from None
    return project_of(snapshot, file)


def _existing(project: Path, name: str) -> Path:
    from pd_lsp.runs.store_files import store_file, stores

    file = store_file(project, name)
    if not file.is_file():
        known = ", ".join(stores(project))
        raise CommandError(
            f"No step of {project} has used a data store {name!r} here" + (f", but {known}." if known else ".")
        )
    return file


def _values(file: Path) -> dict[str, Any]:
    """The JSON object in a file, or on standard input. Raises CommandError."""
    try:
        if str(file) == "-":
            text = sys.stdin.read(_LARGEST_SEED + 1)
        else:
            with file.open(encoding="utf-8-sig") as opened:
                text = opened.read(_LARGEST_SEED + 1)
        values = json.loads(text, parse_constant=_refuse_constant)
        json.dumps(values, allow_nan=False)  # 1e999 is read as a number that JSON can't write
    except OSError as error:
        raise CommandError(f"{file} can't be read ({error.strerror}): name a JSON file.") from None
    except (ValueError, RecursionError):
        raise CommandError(f'{file} is no JSON: a store is filled from an object, such as {{"key": 1}}.') from None
    if not isinstance(values, dict):
        raise CommandError(f'{file} is no JSON object: a store is filled from one, such as {{"key": 1}}.')
    return values


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _tried(action: Any, *arguments: Any) -> Any:
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.data_stores import DataStoreError

    try:
        return action(*arguments)
    except (DataStoreError, PrivateFileError) as error:
        raise CommandError(str(error)) from None
