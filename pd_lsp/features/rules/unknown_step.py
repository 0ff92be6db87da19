"""A step that the workflow does not have.

`pd.steps` has the trigger and the steps that ran before, by the names that they have in workflow.yaml; reading another
name raises `KeyError`. Silent where the document is no step of a workflow.yaml, where that has steps inside others, and
where the step asks for the name before it reads it.

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["fetsh"]["$return_value"]

Right:

    def handler(pd: "pipedream"):
        return pd.steps["fetch"]["$return_value"] or pd.steps["trigger"]["event"]
"""

from collections.abc import Iterator

from pd_lsp.features.rules.key_fix import key_fix
from pd_lsp.features.rules.near_name import listed, near_name
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.step_reads import step_reads
from pd_lsp.syntax.snapshot import Snapshot

_TRIGGER = "trigger"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if snapshot.workflow is None or snapshot.step is None or snapshot.workflow.has_branches:
        return
    all_names = {step.namespace for step in snapshot.workflow.steps}
    earlier = [_TRIGGER, *(step.namespace for step in snapshot.earlier_steps())]
    for use in step_reads(snapshot):
        name = use.path[1]
        if name != _TRIGGER and name not in all_names:
            near = near_name(name, earlier)
            message = f"workflow.yaml has no step {name!r}. Before this one there are: {listed(earlier)}."
            yield Finding(use.key, message, (key_fix(snapshot, use.key, near),) if near else ())


RULE = Rule("unknown-step", "warning", _find)
