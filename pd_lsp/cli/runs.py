"""`pd-lsp runs`: the names that are kept of what steps gave on when they ran here, and the way to be rid of them."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from pd_lsp.cli.errors import SUCCEEDED, CommandError


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("runs", help="what is kept of runs: names of keys, which complete in later steps")
    parser.add_argument(
        "change",
        nargs="?",
        choices=("clear", "off", "on"),
        help="forget it; keep nothing from now on; keep it again. Without one, the steps are listed",
    )
    parser.set_defaults(call=runs)


def runs(arguments: Namespace) -> int:
    """Lists the steps that something is kept of, forgets that, or says whether anything is to be kept."""
    from pd_lsp.configuration import change_configuration
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.workflows.run_shapes import forget_run_shapes

    try:
        if arguments.change in ("off", "on"):
            keeps = arguments.change == "on"
            change_configuration(lambda document: document.update(keep_run_shapes=keeps))
        if arguments.change in ("clear", "off"):
            forget_run_shapes()
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    print(*_said(arguments.change), sep="\n")
    return SUCCEEDED


def _said(change: str | None) -> list[str]:
    from pd_lsp.configuration import read_configuration
    from pd_lsp.workflows.run_shapes import kept_steps

    if change == "on":
        return ["From now on a run keeps the names of the keys that its step gives on. No value is kept."]
    if change:
        after = " Nothing is kept from now on." if change == "off" else ""
        return [f"What runs have kept is forgotten.{after}"]
    nothing = ["Nothing is kept of runs."]
    if not read_configuration().keeps_run_shapes:
        nothing.append("`pd-lsp runs on` lets them keep names again.")
    return list(kept_steps()) or nothing
