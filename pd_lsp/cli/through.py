"""`pd-lsp run --through STEP`: the Python steps of the workflow up to this one, each with what those before it gave."""

import sys
from argparse import Namespace
from functools import partial
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import CommandError
from pd_lsp.cli.planning import event_of, planned
from pd_lsp.cli.screen import say

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.runs.plan import RunPlan
    from pd_lsp.settings import Settings


async def plans_through(arguments: Namespace, settings: "Settings", caches: "AccountCaches") -> "list[RunPlan]":
    """The plans of all steps up to the one that is meant: all are made before any runs. Raises CommandError."""
    from pd_lsp.model import Accounts
    from pd_lsp.runs.plan import RunRefusedError
    from pd_lsp.runs.step_file import read_step, step_file
    from pd_lsp.runs.through import way_through
    from pd_lsp.workflows.files import UnreadableFileError

    try:
        file = step_file(arguments.step)
        snapshot, folder = read_step(file, Accounts())
        if snapshot.workflow is None or snapshot.step is None:
            where = f"{file.parent.name}/{file.name}"
            raise CommandError(
                f"{file.name} belongs to no workflow.yaml: run it without --through, or list it in the one above it "
                f"with a namespace and `uses: ./{where}`."
            )
        event = event_of(arguments, snapshot, folder)
        way = way_through(snapshot.workflow, snapshot.step, event.steps)
    except (RunRefusedError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None
    for notice in () if arguments.json else way.notices:
        say(notice, sys.stderr)
    plan = partial(planned, settings=settings, caches=caches, event=event, one_of_several=True)
    plans = [await plan(Namespace(**{**vars(arguments), "step": one})) for one in way.files]
    chosen = {choice.partition("=")[0] for choice in arguments.account}
    unused = chosen - {name for one in plans for name in one.accounts}
    if unused:
        raise CommandError(f"No step on the way reads pd.inputs[{min(unused)!r}]: take its --account away.")
    return plans
