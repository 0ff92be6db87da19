"""`pd-lsp allow`: agrees to live runs of one file, for editors that can't ask (D8)."""

import asyncio
from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.planning import add_step_arguments, planned

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.runs.plan import RunPlan
    from pd_lsp.settings import Settings


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("allow", help="allow live runs of a step, as it is now, from an editor that can't ask")
    add_step_arguments(parser)
    parser.add_argument("--debug", action="store_true", help="allow debugging too, which shows real values")
    parser.set_defaults(call=allow)


def allow(arguments: Namespace) -> int:
    """Remembers the person's yes for this file, its accounts and the interpreter."""
    from pd_lsp.configuration import agree_to_debugging
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.consent import DEBUGGING, consent_of, question
    from pd_lsp.trust.consent import remember
    from pd_lsp.trust.suspicious import suspicious_lines

    with signed_in.signed_in(arguments) as (settings, caches):
        plan = asyncio.run(_plan(arguments, settings, caches))
    if strange := suspicious_lines(plan.text):
        raise CommandError(question(plan, settings, strange) + "\nSuch a file is asked about every time.")
    try:
        remember(consent_of(plan, settings), plan.text)
        if arguments.debug:
            agree_to_debugging()
    except PrivateFileError as error:
        raise CommandError(str(error)) from None
    print(f"Allowed until the file, its accounts, its variables or the interpreter change:\n{question(plan, settings)}")
    if arguments.debug:
        print(f"Debugging is allowed for every step. {DEBUGGING}")
    return SUCCEEDED


async def _plan(arguments: Namespace, settings: "Settings", caches: "AccountCaches") -> "RunPlan":
    from pd_lsp.workflows.events import SavedEvent

    try:
        return await planned(arguments, settings, caches, SavedEvent())  # what a run finds in pd.steps is no matter
    finally:
        await caches.close()
