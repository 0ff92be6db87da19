"""`pd.inputs["env"]`, which no step has.

`pd.inputs` has the step's accounts and data stores and nothing else (docs/platform.md, section 1.4); environment
variables are in `os.environ`, as everywhere in Python. Silent where workflow.yaml gives the step a prop of that name.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["env"]["API_KEY"])

Right:

    import os


    def handler(pd: "pipedream"):
        return len(os.environ["API_KEY"])
"""

from collections.abc import Iterator

from pd_lsp.features.rules.environment_fix import environment_fixes
from pd_lsp.features.rules.guards import asked_for
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.snapshot import Snapshot

_PATH = ("inputs", "env")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    uses = pd_uses(snapshot.tree)
    below = {key for use in uses if use.path[:2] == _PATH for key in use.path[2:]}
    if not below or "$auth" in below or _is_prop(snapshot) or "env" in asked_for(snapshot.tree, ("inputs",)):
        return
    for use in uses:
        around = use.node.parent
        if use.path == _PATH and use.read_by == "subscript" and around and around.kind in ("subscript", "attribute"):
            yield Finding(
                use.key,
                'pd.inputs has no "env": environment variables are in os.environ.',
                environment_fixes(snapshot, use.node),
            )


def _is_prop(snapshot: Snapshot) -> bool:
    step = snapshot.step
    return step is not None and "env" in (*(prop.name for prop in step.apps), *step.data_stores)


RULE = Rule("env-in-inputs", "error", _find)
