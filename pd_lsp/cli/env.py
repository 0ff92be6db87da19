"""`pd-lsp env`: the variables of the person's own environment that the steps of a folder get, by name (D7)."""

import shlex
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import SUCCEEDED, CommandError


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("env", help="let the steps of a folder have variables of your own environment")
    parser.add_argument("names", metavar="NAME", nargs="*", help="without one, those that are allowed are listed")
    parser.add_argument("--folder", type=Path, default=Path(), help="whose steps are meant (default: this folder)")
    parser.add_argument("--remove", action="store_true", help="allow them no longer")
    parser.set_defaults(call=env)


def env(arguments: Namespace) -> int:
    """Allows variables by name, ends that, or lists those that are allowed."""
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.plan import RunRefusedError

    folder, names = arguments.folder.resolve(), arguments.names
    if not folder.is_dir():
        raise CommandError(f"{folder} is no folder: name the one that holds the steps.")
    if arguments.remove and not names:
        raise CommandError("Name the variables that are to be allowed no longer; `pd-lsp env` lists them.")
    try:
        said = _removed(folder, names) if arguments.remove else _allowed(folder, names) if names else _listed(folder)
    except (PrivateFileError, RunRefusedError) as error:
        raise CommandError(str(error)) from None
    print(*said, sep="\n")
    return SUCCEEDED


def _listed(folder: Path) -> list[str]:
    """Each name, whether it is set here, and the folder that it is allowed in: this one, or one around it."""
    from pd_lsp.configuration import read_configuration
    from pd_lsp.runs.variables import as_here

    environment = signed_in.own_environment()
    allowed = read_configuration().allowed_variables
    rows = [(name, around) for around in allowed if folder.is_relative_to(around) for name in allowed[around]]
    width = max((len(name) for name, _ in rows), default=0)
    listed = [
        f"{name:{width}}  {'set' if as_here(name) in environment else 'not set':<7}  {around}"
        for name, around in sorted(rows)
    ]
    return listed or [f"Steps in {folder} get no variable of your own environment: `pd-lsp env NAME` allows one."]


def _allowed(folder: Path, names: list[str]) -> list[str]:
    from pd_lsp.configuration import allow_variables
    from pd_lsp.runs.variables import as_here, check_names

    environment = signed_in.own_environment()
    check_names(names, environment)
    allow_variables(folder, list(dict.fromkeys(names)))
    missing = [name for name in names if as_here(name) not in environment]
    said = [f"Steps in {folder} get {', '.join(names)}, with the values that pd-lsp or your editor is started with."]
    return said + ([f"Not set in this shell: {', '.join(missing)}."] if missing else [])


def _removed(folder: Path, names: list[str]) -> list[str]:
    """Raises CommandError for a name that the folder does not allow."""
    from pd_lsp.configuration import allow_variables, read_configuration

    allowed = read_configuration().allowed_variables
    for name in names:
        if name not in allowed.get(str(folder), ()):
            around = next((one for one in allowed if name in allowed[one] and folder.is_relative_to(one)), None)
            way = f"--folder {shlex.quote(around)} is where it is" if around else "`pd-lsp env` lists what is"
            raise CommandError(f"{name!r} is not allowed in {folder} itself: {way}.")
    allow_variables(folder, names, allowed=False)
    return [f"Steps in {folder} no longer get {', '.join(names)}."]
