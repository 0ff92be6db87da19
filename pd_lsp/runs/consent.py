"""What the person agrees to when they agree to a run, and how they are asked (D8)."""

from collections.abc import Sequence

from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings
from pd_lsp.trust.consent import Consent
from pd_lsp.trust.suspicious import Suspicion


def consent_of(plan: RunPlan, settings: Settings) -> Consent:
    """What has to stay the same for an answer to be remembered."""
    return Consent(
        folder=str(plan.project),
        file=str(plan.file),
        accounts=tuple(sorted(f"{name}={account.id}" for name, account in plan.accounts.items())),
        environment=environment_of(settings),
        interpreter=str(plan.interpreter.path),
    )


def environment_of(settings: Settings) -> str:
    """Whose accounts a run uses: `sandbox`, or the environment of the person's project."""
    if settings.sandbox:
        return "sandbox"
    return settings.project.environment if settings.project else "none"


def question(plan: RunPlan, settings: Settings, strange: Sequence[Suspicion] = ()) -> str:
    """The question before a run: the file, the accounts, the environment, the interpreter and the time limit."""
    accounts = ", ".join(f"{name} ({account.label})" for name, account in plan.accounts.items()) or "none"
    lines = [
        f"Run handler in {plan.file} with live credentials?",
        f"Accounts: {accounts}. Environment: {environment_of(settings)}.",
        f"Python: {plan.interpreter.path}. Time limit: {plan.time_limit:g} s.",
    ]
    if plan.dotenv:
        lines.append(f"Variables from {plan.dotenv}.")
    lines += [f"Line {found.line} is not what it seems ({found.why}): {found.shown}" for found in strange]
    return "\n".join(lines)
