"""An app that this step does not have in workflow.yaml.

`pd.inputs` of a step has the props that the step has in Pipedream and no others, so that reading another one raises
`KeyError`. Silent for a step that has none at all in workflow.yaml: its app may be about to be added.

Wrong:

    def handler(pd: "pipedream"):
        return len(pd.inputs["github"]["$auth"]["oauth_access_token"])

Right:

    def handler(pd: "pipedream"):
        return len(pd.inputs["github_1"]["$auth"]["oauth_access_token"])
"""

from collections.abc import Iterator

from pd_lsp.features.rules.account_reads import account_reads
from pd_lsp.features.rules.key_fix import key_fix
from pd_lsp.features.rules.near_name import listed, near_name
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.model import Step
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    step = snapshot.step
    names = [*(prop.name for prop in step.apps), *step.data_stores] if step else []
    if step is None or not names:
        return
    for use in account_reads(snapshot):
        name = use.path[1]
        if name not in names:
            meant = _meant(step, name)
            message = (
                f"This step has no {name!r} in workflow.yaml. It has: {listed(names)}. Add the app to the step in "
                f"Pipedream, or use one that it has."
            )
            yield Finding(use.key, message, (key_fix(snapshot, use.key, meant),) if meant else ())


def _meant(step: Step, name: str) -> str | None:
    """The prop of that very app, if there is one, else one with nearly the same name."""
    same = [prop.name for prop in step.apps if prop.app == name]
    return same[0] if len(same) == 1 else near_name(name, (prop.name for prop in step.apps))


RULE = Rule("app-not-of-step", "warning", _find)
