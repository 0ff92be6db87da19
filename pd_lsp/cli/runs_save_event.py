"""`pd-lsp runs save-event`: the event of a run that is kept, as a saved event of its workflow."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from pd_lsp.cli.errors import SUCCEEDED, CommandError
from pd_lsp.cli.runs_show import add_run, named_run


def add_parsers(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("save-event", help="save the event of a run as events/NAME.json beside its workflow")
    add_run(parser)
    parser.add_argument("--as", dest="name", required=True, metavar="NAME", help="such as sign-up")
    parser.add_argument(
        "--with-steps", action="store_true", help="with what the run found of earlier steps, for replay"
    )
    parser.add_argument("--force", action="store_true", help="write over an event of that name")
    parser.set_defaults(call=save_event_of_run)


def save_event_of_run(arguments: Namespace) -> int:
    """Writes the event; says where."""
    from pd_lsp.model import Accounts
    from pd_lsp.runs.saving_event import save_event
    from pd_lsp.runs.step_file import read_step
    from pd_lsp.workflows.event_writing import EventNotSavedError
    from pd_lsp.workflows.files import UnreadableFileError

    run = named_run(arguments)
    try:
        snapshot, _ = read_step(run.step, Accounts())
        if snapshot.workflow is None:
            raise CommandError(
                f"{run.step.name} belongs to no workflow.yaml, beside which an event could lie: "
                "`pd-lsp runs show --json` has the event as `run.event`."
            )
        folder = Path(snapshot.workflow.folder)
        file = save_event(run, folder, arguments.name, over=arguments.force, with_steps=arguments.with_steps)
    except (EventNotSavedError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None
    print(f"Saved as {file}.")
    return SUCCEEDED
