"""Which accounts the platform has for a step, where its workflow.yaml does not name them."""

from dataclasses import replace

from pd_lsp.accounts.provider import AccountProvider
from pd_lsp.model import AppProp, Step
from pd_lsp.syntax.snapshot import Snapshot


async def with_accounts_of_platform(snapshot: Snapshot, provider: AccountProvider) -> Snapshot:
    """The snapshot, its step's props with the accounts that the platform has for them.

    Asked for only where several accounts could be meant and workflow.yaml names none. Raises nothing: what is not
    told, the person is asked.
    """
    step, workflow = snapshot.step, snapshot.workflow
    if step is None or workflow is None or not workflow.id or not any(_is_open(snapshot, prop) for prop in step.apps):
        return snapshot
    known = (await provider.accounts_of_steps(workflow.id)).get(step.namespace, {})
    apps = tuple(replace(prop, account_id=prop.account_id or known.get(prop.name)) for prop in step.apps)
    told: Step = replace(step, apps=apps)
    steps = tuple(told if one is step else one for one in workflow.steps)
    return replace(snapshot, step=told, workflow=replace(workflow, steps=steps))


def _is_open(snapshot: Snapshot, prop: AppProp) -> bool:
    return prop.account_id is None and len(snapshot.accounts.of(prop.app)) > 1
