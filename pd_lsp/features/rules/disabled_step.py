"""A step that is switched off.

A disabled step does not run, so that `pd.steps` does not have it (docs/platform.md, section 1.3).

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["switched_off"]["$return_value"]

Right:

    def handler(pd: "pipedream"):
        return pd.steps.get("switched_off", {}).get("$return_value")
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.step_reads import step_reads
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    steps = snapshot.workflow.steps if snapshot.workflow and snapshot.step else ()
    before = steps[: steps.index(snapshot.step)] if snapshot.step in steps else ()
    enabled = {step.namespace for step in before if not step.disabled}
    disabled = {step.namespace for step in before if step.disabled} - enabled
    for use in step_reads(snapshot):
        if use.path[1] in disabled:
            message = f"The step {use.path[1]!r} is disabled in workflow.yaml: enable it, or read it with pd.steps.get."
            yield Finding(use.key, message)


RULE = Rule("disabled-step", "warning", _find)
