"""A step that runs later, or this step itself.

`pd.steps` has only what ran before (docs/platform.md, section 1.3), in the order of workflow.yaml.

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["later"]["$return_value"]

Right:

    def handler(pd: "pipedream"):
        return pd.steps["fetch"]["$return_value"]
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.step_reads import step_reads
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    workflow, own = snapshot.workflow, snapshot.step
    if workflow is None or own is None or workflow.has_branches:
        return
    place = workflow.steps.index(own)
    before = {step.namespace for step in workflow.steps[:place]}
    later = {step.namespace for step in workflow.steps[place + 1 :]} - before
    for use in step_reads(snapshot):
        name = use.path[1]
        if name == own.namespace and name not in before:
            yield Finding(use.key, "This is the step itself: what it gives on is there for later steps only.")
        elif name in later:
            message = f"The step {name!r} runs after this one in workflow.yaml: what it gives on is not there yet."
            yield Finding(use.key, message)


RULE = Rule("later-step", "warning", _find)
