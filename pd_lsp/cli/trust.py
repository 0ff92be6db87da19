"""`pd-lsp trust`: folders whose steps may run, and whose workflow.yaml may be read (D6)."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace, _SubParsersAction
from pathlib import Path

from pd_lsp.cli.errors import SUCCEEDED, CommandError


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("trust", help="trust a folder: its workflows are read and its steps may run")
    parser.add_argument("folder", type=_folder, nargs="?", help="without one, the trusted folders are listed")
    parser.add_argument("--remove", action="store_true", help="trust it no longer")
    parser.set_defaults(call=change_trust)


def change_trust(arguments: Namespace) -> int:
    """Trusts a folder, ends that, or lists the trusted ones."""
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.trust.folders import TrustRefusedError, distrust, trust, trusted_folder_of, trusted_folders

    if arguments.folder is None and arguments.remove:
        raise CommandError("Name the folder that is to be trusted no longer; `pd-lsp trust` lists the trusted ones.")
    if arguments.folder is None:
        for folder in trusted_folders():
            print(folder)
        return SUCCEEDED
    if arguments.remove and trusted_folder_of(arguments.folder) is None:
        print(f"{arguments.folder.resolve()} was not trusted.")
        return SUCCEEDED
    try:
        (distrust if arguments.remove else trust)(arguments.folder)
    except (TrustRefusedError, PrivateFileError) as error:
        raise CommandError(str(error)) from None
    print(f"{arguments.folder.resolve()} is {'no longer trusted' if arguments.remove else 'trusted'}.")
    return SUCCEEDED


def _folder(text: str) -> Path:
    """A folder that was named; an empty name, such as that of a variable that is not set, names none."""
    if not text:
        raise ArgumentTypeError("the name is empty")
    return Path(text)
