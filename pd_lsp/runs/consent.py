"""What the person agrees to when they agree to a run, and how they are asked (D8)."""

from collections.abc import Sequence

from pd_lsp.execution.interpreter import identity
from pd_lsp.model import Account
from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings
from pd_lsp.syntax.literal import string_content
from pd_lsp.trust.consent import Consent
from pd_lsp.trust.suspicious import Suspicion

_LONGEST_NAME = 300


def consent_of(plan: RunPlan, settings: Settings) -> Consent:
    """What has to stay the same for an answer to be remembered."""
    return Consent(
        folder=str(plan.project),
        file=str(plan.file),
        accounts=tuple(sorted(f"{name}={account.id}" for name, account in plan.accounts.items())),
        environment=environment_of(plan, settings),
        interpreter=identity(plan.interpreter),
        dotenv=str(plan.dotenv or ""),
        variables=plan.variables,
        imports_from=str(plan.file.parent) if plan.step_folder_on_path else "",
    )


def environment_of(plan: RunPlan, settings: Settings) -> str:
    """Where the accounts of a run are: `sandbox`, the environments of Connect, `local`, or `none`."""
    if settings.sandbox:
        return "sandbox"
    places = {account.environment or ("local" if account.local else "workspace") for account in plan.accounts.values()}
    return " and ".join(sorted(places)) or "none"


DEBUGGING = (
    "A debugger shows the real values of a step, those of its credentials too: in variables, in the debug console, and "
    "in whatever your editor keeps of them. Nothing is blanked there."
)
"""What the person has to know once, before they debug anything."""


def question(plan: RunPlan, settings: Settings, strange: Sequence[Suspicion] = (), *, debugged: bool = False) -> str:
    """The question before a run: file, accounts, environment, interpreter, time limit, and the names of variables."""
    environment = environment_of(plan, settings)
    shown = environment.upper() if "production" in environment else environment
    accounts = ", ".join(_named(name, account) for name, account in plan.accounts.items()) or "none"
    lines = [
        f"Run handler in {one_line(str(plan.file))} with live credentials?",
        f"Accounts: {accounts}. Environment: {shown}.",
        f"Python: {one_line(str(plan.interpreter.path))}. Time limit: {plan.time_limit:g} s.",
    ]
    if _lies_in_folder(plan):
        lines.append("That Python lies in the folder itself: whoever wrote the folder may have put it there.")
    if debugged:
        lines.append("Under a debugger, which shows real values; the limit does not run while it is there.")
    if plan.dotenv:
        lines.append(f"Variables from {one_line(str(plan.dotenv))}.")
    if plan.variables:
        lines.append(f"Variables of your own environment: {', '.join(plan.variables)}.")
    if plan.step_folder_on_path:
        lines.append("It may import the modules that lie beside it, whatever stands in them.")
    lines += [f"Line {found.line} is not what it seems ({found.why}): {found.shown}" for found in strange]
    return "\n".join(lines)


def _lies_in_folder(plan: RunPlan) -> bool:
    """Whether the interpreter is a part of the folder, by its name or by where links lead (D9)."""
    path = plan.interpreter.path
    return any(
        one.is_relative_to(plan.folder.resolve()) for one in (path, path.parent.resolve() / path.name, path.resolve())
    )


def one_line(name: str) -> str:
    """A name that a file or a folder gave, so that it can't pass for a part of the question around it (D26)."""
    escaped, half = string_content(name, "\0"), _LONGEST_NAME // 2
    return escaped if len(escaped) <= _LONGEST_NAME else f"{escaped[:half]}…{escaped[-half:]}"


def _named(prop: str, account: Account) -> str:
    """The account's app first, which its name in the step need not tell."""
    called = "" if prop == account.app.slug else f" as {one_line(repr(prop))}"
    return f"{account.app.slug}{called} ({one_line(account.label)})"
