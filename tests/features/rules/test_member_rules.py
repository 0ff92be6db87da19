"""Members that `pd` does not have, `pd.inputs["env"]`, and props that a step in Python can't have."""

import pytest

from pd_lsp.model import Step, Workflow
from tests import samples
from tests.checks import HEADER, check_fixed, check_rule


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("pd.env['KEY']", "env"),
        ("pd.env.KEY", "env"),
        ("pd.secrets.get('KEY')", "secrets"),
        ("pd.data_store['a'] = 1", "data_store"),
        ("pd.flow.set('a', 1)", "set"),
        ("print(f'{pd.flow.get(\"a\")}')", "get"),
        ("pd.get('slack')", "get"),
        ("pd.input['slack']", "input"),
        ("pd.exports('a', 1)", "exports"),
        ("p = pd\n    p.env['KEY']", "env"),
        ("pd.trigger['event']", "trigger"),
    ],
)
def test_a_member_that_is_known_to_be_missing_is_found(body: str, found: str) -> None:
    check_rule("unknown-member", HEADER + body + "\n", [found])


@pytest.mark.parametrize(
    "body",
    [
        "pd.inputs['slack']",
        "pd.steps['trigger']",
        "pd.export('env', 1)",
        "pd.respond({'status': 200})",
        "pd.flow.exit()",
        "pd.flow.rerun(1000, None, 3)",
        "pd.flow.delay(1)",
        "pd.flow.suspend()",
        "pd.send.email('a', 'b')",
        "pd.send.http({})",
        "pd.context['run']['runs']",
        "pd.something_new()",
        "pd.input",
        "pd.step",
        "other.env['KEY']",
        "pd.env = {}\n    pd.env['KEY']",
        "hasattr(pd, 'env') and pd.env['KEY']",
        "try:\n        pd.env['KEY']\n    except AttributeError:\n        pass",
        "pd = pandas\n    pd.get('x')",
        "import pandas as pd\n    pd.DataFrame().set('a')\n    pd.get('x')",
        "for pd in frames:\n        pd.get('x')",
        "'pd.env is no member'",
    ],
)
def test_a_member_that_is_there_or_that_nobody_knows_is_left_alone(body: str) -> None:
    check_rule("unknown-member", HEADER + body + "\n", [])


def test_pandas_beside_another_name_for_pd_is_left_alone() -> None:
    text = (
        "import pandas as pd\n\ndef clean(pd):\n    return pd.get('x')\n\n"
        "def handler(pdm: 'pipedream'):\n    return pd.env(pdm.steps)\n"
    )
    check_rule("unknown-member", text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("pd.env['KEY']", "os.environ['KEY']"),
        ("pd.env.KEY", 'os.environ["KEY"]'),
        ("pd.secrets.get('KEY', 1)", "os.environ.get('KEY', 1)"),
        ('f"{pd.env.KEY}"', "f\"{os.environ['KEY']}\""),
        ("pd.inputs['env']['KEY']", "os.environ['KEY']"),
        ("pd.inputs['env'].get('KEY')", "os.environ.get('KEY')"),
    ],
)  # fmt: skip
def test_the_fix_reads_the_variable_where_python_has_it(before: str, after: str) -> None:
    result = f"import os\n\n\n{HEADER}print({after})\n"
    check_fixed(f"{HEADER}print({before})\n", "Read it from os.environ", result)


def test_an_import_that_is_there_serves() -> None:
    text = "import json\nimport os\n\n\n" + HEADER
    check_fixed(text + "print(pd.env.A)\n", "Read it from os.environ", text + 'print(os.environ["A"])\n')


def test_the_fix_keeps_the_line_ends_of_the_file() -> None:
    text = "import json\r\n\r\n\r\ndef handler(pd):\r\n    print({})\r\n"
    result = text.replace("json\r\n", "json\r\nimport os\r\n").format('os.environ["A"]')
    check_fixed(text.format("pd.env.A"), "Read it from os.environ", result)


@pytest.mark.parametrize(
    ("before", "title", "after"),
    [
        ("pd.flow.retry(1)", "Change to rerun", "pd.flow.rerun(1)"),
        ("pd.input['slack']", "Change to inputs", "pd.inputs['slack']"),
        ("pd.trigger['event']", 'Change to pd.steps["trigger"]', "pd.steps[\"trigger\"]['event']"),
        ("pd.data_store['a'] = 1", 'Change to pd.inputs["data_store"]', "pd.inputs[\"data_store\"]['a'] = 1"),
    ],
)
def test_a_member_that_has_another_name_is_written_with_that(before: str, title: str, after: str) -> None:
    check_fixed(f"{HEADER}{before}\n", title, f"{HEADER}{after}\n")


@pytest.mark.parametrize(
    "body",
    [
        "pd.inputs['env']",
        "pd.inputs.get('env', {})['KEY']",
        "if 'env' in pd.inputs:\n        pd.inputs['env']['KEY']",
        "pd.inputs['env']['$auth']['KEY']",
        "pd.steps['env']['$return_value']",
        "config['env']['KEY']",
    ],
)
def test_an_env_that_may_be_there_is_left_alone(body: str) -> None:
    check_rule("env-in-inputs", HEADER + body + "\n", [])


def test_an_env_that_the_step_has_is_left_alone() -> None:
    step = Step("one", "./one/entry.py", data_stores=("env",))
    world = {"workflow": Workflow(samples.WORKFLOW.folder, steps=(step,)), "step": step}
    check_rule("env-in-inputs", HEADER + "pd.inputs['env']['KEY']\n", [], **world)
    check_rule("env-in-inputs", HEADER + "pd.inputs['env']['KEY']\n", ["'env'"], samples.in_workflow)


def test_a_plain_prop_always_gets_its_default() -> None:
    text = HEADER + "pd.inputs.get('max_results', 10), pd.inputs.get('required_label', 'x')\n"
    check_rule("plain-prop", text, ["'max_results'", "'required_label'"], samples.in_workflow)


@pytest.mark.parametrize(
    "body",
    [
        "pd.inputs.get('slack', 'none')",
        "pd.inputs.get('github_1', False)",
        "pd.inputs.get('notion', 'none')",
        "pd.inputs.get('data_store', [])",
        "pd.inputs.get('acme', {})",
        "pd.inputs.get('acme', None)",
        "pd.inputs.get('acme')",
        "pd.inputs.get('acme', default)",
        "pd.inputs['slack'].get('max_results', 10)",
        "pd.steps.get('max_results', 10)",
    ],
)
def test_a_default_for_something_else_is_left_alone(body: str) -> None:
    check_rule("plain-prop", HEADER + body + "\n", [], samples.in_workflow)


def test_a_step_whose_props_nobody_knows_is_left_alone() -> None:
    check_rule("plain-prop", HEADER + "pd.inputs.get('max_results', 10)\n", [])
