"""The limits that a run gets without a word of the person's (docs/platform.md, section 1.9)."""

from pathlib import Path

import pytest

from pd_lsp.model import Accounts
from pd_lsp.runs.plan import RunChoices, plan_run
from pd_lsp.runs.step_file import read_step
from pd_lsp.settings import Settings

STEPS = "steps:\n- {namespace: one, uses: ./one/entry.py}\n"


def limits(folder: Path, workflow: str) -> tuple[float, int | None]:
    file = folder.resolve() / "flow" / "one" / "entry.py"
    file.parent.mkdir(parents=True)
    file.write_text("def handler(pd):\n    return 1\n")
    (file.parent.parent / "workflow.yaml").write_text(workflow)
    snapshot, project = read_step(file, Accounts())
    plan = plan_run(snapshot, file, project, Settings(), RunChoices())
    return plan.time_limit, plan.memory_limit


@pytest.mark.parametrize(
    ("workflow", "seconds", "megabytes"),
    [
        (STEPS, 30, 256),
        (f"triggers: [{{id: hi_1}}]\n{STEPS}", 30, 256),
        (f"triggers: [{{id: ti_1}}]\n{STEPS}", 60, 256),
        (f"triggers: [{{id: ti_1}}, {{id: hi_1}}]\n{STEPS}", 30, 256),
        (f"triggers: [{{id: ti_1}}]\nsettings: {{lambda_timeout: 20, lambda_memory: 512}}\n{STEPS}", 20, 512),
        (f"settings: {{lambda_timeout: 300}}\n{STEPS}", 300, 256),
        (f"settings: {{lambda_timeout: 90000, lambda_memory: 90000}}\n{STEPS}", 750, 10_240),
    ],
)
def test_the_workflow_or_its_trigger_says_how_long_and_how_large(
    tmp_path: Path, workflow: str, seconds: float, megabytes: int
) -> None:
    assert limits(tmp_path, workflow) == (seconds, megabytes)
