"""`pd-lsp run --debug`: what a person is asked before it, and the wait for the debugger that their editor starts."""

import sys
from typing import TYPE_CHECKING

from pd_lsp.cli.asking import confirm
from pd_lsp.cli.errors import CommandError
from pd_lsp.cli.screen import say

if TYPE_CHECKING:
    import asyncio

    from pd_lsp.execution.debug_session import Debugger
    from pd_lsp.runs.plan import RunPlan


def agree_to_debug(*, agreed: bool) -> None:
    """Asks once whether the person wants a debugger, which shows real values; --yes says so too.

    Raises CommandError and PrivateFileError.
    """
    from pd_lsp.configuration import agree_to_debugging, read_configuration
    from pd_lsp.runs.consent import DEBUGGING

    if read_configuration().debugs:
        return
    say(DEBUGGING, sys.stderr)
    if not confirm("Debug steps?", agreed=agreed):
        raise CommandError("Not run: run the step without --debug, or agree.")
    agree_to_debugging()


async def waited_for(plan: "RunPlan", interrupted: "asyncio.Event") -> "Debugger":
    """The debugger that the person starts in their editor. Raises CommandError where they interrupt, and RunError."""
    from pd_lsp.execution.debug_session import PATIENCE, debugger_for

    def announce(_session: str) -> None:
        say(f"{plan.name} waits for a debugger, {PATIENCE:g} s at most: start it in your editor.", sys.stderr)

    debugger = await debugger_for(plan.file, announce, interrupted)
    if debugger is None:
        raise CommandError("Not run: it was stopped before a debugger came.")
    return debugger
