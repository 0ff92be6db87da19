"""What a command line says of a run, and the plan that comes of it."""

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.asking import confirm
from pd_lsp.cli.errors import CommandError
from pd_lsp.cli.screen import say

if TYPE_CHECKING:
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.runs.packages import NewPackages
    from pd_lsp.runs.plan import RunPlan
    from pd_lsp.settings import Settings
    from pd_lsp.syntax.snapshot import Snapshot
    from pd_lsp.workflows.events import SavedEvent


def add_step_arguments(parser: ArgumentParser) -> None:
    """Adds what says which step is meant, and with which event and accounts."""
    parser.add_argument("step", type=Path, metavar="STEP", help="the step's entry.py, or its folder")
    parser.add_argument(
        "--event",
        type=Path,
        metavar="FILE",
        help="a saved event, or - for standard input; else the first of the workflow",
    )
    add_account_arguments(parser)


def add_account_arguments(parser: ArgumentParser) -> None:
    """Adds what says whose accounts a run uses."""
    parser.add_argument(
        "--account", action="append", default=[], metavar="PROP=ID", help="the account to use for a prop"
    )
    parser.add_argument("--production", action="store_true", help="allow accounts of the environment production")
    signed_in.add_arguments(parser)
    signed_in.add_step_folder(parser)


def add_variables(parser: ArgumentParser) -> None:
    """Adds what lets a run have variables of the person's own environment."""
    said = "let the step have this variable of your own environment, beside those that `pd-lsp env` allows"
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help=said)


def add_limits(parser: ArgumentParser) -> None:
    """Adds what raises the platform's limits, or lets one go."""
    limits = parser.add_argument_group("limits", "those of the workflow or the platform hold unless one is given")
    limits.add_argument("--time-limit", type=_seconds, metavar="SECONDS", help="instead of the workflow's own")
    limits.add_argument("--memory-limit", type=_megabytes, metavar="MB", help="the same for memory; 0: no limit")
    limits.add_argument("--size-limit", type=_megabytes, metavar="MB", help="for what a step returns, instead of 6")
    limits.add_argument(
        "--any-value", action="store_true", help="show what is no JSON as text, where the platform lets the step fail"
    )


async def planned(
    arguments: Namespace,
    settings: "Settings",
    caches: "AccountCaches",
    event: "SavedEvent | None" = None,
    *,
    one_of_several: bool = False,
) -> "RunPlan":
    """The plan of the run that the arguments of `add_step_arguments` ask for, or with exactly another `event`.

    Without one, what the chosen event lacks of earlier steps comes from runs here. As `one_of_several` steps it may get
    an `--account` for a prop that only another one reads. Raises CommandError.
    """
    from dataclasses import replace
    from functools import partial

    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.execution.errors import RunError
    from pd_lsp.features.step_needs import reads_inputs, step_needs
    from pd_lsp.model import Accounts
    from pd_lsp.private_files import PrivateFileError
    from pd_lsp.runs.earlier_results import refuse_blanked_trigger, with_earlier_results
    from pd_lsp.runs.limits import MEGABYTE
    from pd_lsp.runs.packages import step_python
    from pd_lsp.runs.plan import RunChoices, RunRefusedError, plan_run, project_of
    from pd_lsp.runs.step_accounts import with_accounts_of_platform
    from pd_lsp.runs.step_file import read_step, step_file
    from pd_lsp.runs.variables import variables_of
    from pd_lsp.workflows.files import UnreadableFileError

    allowed = replace(settings, production=arguments.production)
    notices: tuple[str, ...] = ()
    try:
        file = step_file(arguments.step)
        snapshot, folder = read_step(file, Accounts())
        if reads_inputs(snapshot):
            cache = caches.of(file)
            snapshot, folder = read_step(file, await cache.refresh())
            snapshot = await with_accounts_of_platform(snapshot, cache.provider)
        if event is None:
            saved = event_of(arguments, snapshot, folder)
            event, notices = await with_earlier_results(snapshot, file, saved, settings)
        elif one_of_several:
            refuse_blanked_trigger(snapshot, event)
        configured = caches.configuration
        beside = settings.step_folder_on_path or configured.step_folder_on_path
        allowed = replace(allowed, step_folder_on_path=beside)
        chosen, read = _accounts(arguments.account), step_needs(snapshot).apps
        allowed_names = [*configured.variables_for(file), *getattr(arguments, "env", [])]
        choices = RunChoices(
            event=event,
            accounts={name: account for name, account in chosen.items() if not one_of_several or name in read},
            preferred=configured.chosen_accounts.get(str(project_of(snapshot, file)), {}),
            production=configured.production_accounts,
            variables=variables_of(allowed_names, caches.environment),
            time_limit=getattr(arguments, "time_limit", None),
            memory_limit=getattr(arguments, "memory_limit", None),
            size_limit=(getattr(arguments, "size_limit", None) or 0) * MEGABYTE or None,
            any_value=getattr(arguments, "any_value", False),
        )
        if settings.python is None:
            python = await step_python(snapshot, file, partial(_agree, arguments), _say, beside=beside)
            allowed, notices = replace(allowed, python=python.path), (*notices, *python.notices)
        plan = plan_run(snapshot, file, folder, allowed, choices)
        return replace(plan, notices=(*plan.notices, *notices))
    except (AccountsError, PrivateFileError, RunError, RunRefusedError, UnreadableFileError) as error:
        raise CommandError(str(error)) from None


def event_of(arguments: Namespace, snapshot: "Snapshot", folder: Path) -> "SavedEvent":
    """The event that `--event` names, else the first that is saved. Raises UnreadableFileError."""
    from pd_lsp.workflows.events import SavedEvent, first_event, given_event, read_event

    if str(arguments.event) == "-":
        return given_event(sys.stdin.buffer, "What came on standard input")
    if arguments.event:
        return read_event(arguments.event)
    return first_event(Path(snapshot.workflow.folder), folder) if snapshot.workflow else SavedEvent()


async def _agree(arguments: Namespace, new: "NewPackages") -> bool:
    """Whether the person wants these packages: asked at a terminal, else by --yes where every name is a known one."""
    from pd_lsp.runs.packages import PackagesRefusedError

    _say(new.question)
    agreed = getattr(arguments, "yes", False)
    if agreed and new.requirements.unlisted:
        name = new.requirements.unlisted[0]
        raise PackagesRefusedError(
            f"{name} is on no list, so --yes does not install it: write `# pipedream add-package {name}` on top of the "
            "step if it is meant."
        )
    if not agreed and not sys.stdin.isatty():
        way = "add --yes if these packages are meant" if hasattr(arguments, "yes") else "type the command in one"
        raise PackagesRefusedError(f"Nobody sits at a terminal to agree: {way}.")
    return confirm("Install them?", agreed=agreed)


def _say(sentence: str) -> None:
    say(sentence, sys.stderr)


def _seconds(text: str) -> float:
    from pd_lsp.runs.limits import LimitError, seconds

    try:
        return seconds(_number(text))
    except LimitError as error:
        raise ArgumentTypeError(f"it {error}") from None


def _megabytes(text: str) -> int:
    from pd_lsp.runs.limits import LimitError, megabytes

    try:
        return megabytes(_number(text))
    except LimitError as error:
        raise ArgumentTypeError(f"it {error}") from None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _accounts(chosen: list[str]) -> dict[str, str]:
    pairs = dict(choice.partition("=")[::2] for choice in chosen)
    if not all(pairs.values()):
        raise CommandError("--account takes PROP=ID, such as --account github=apn_abc123.")
    return pairs
