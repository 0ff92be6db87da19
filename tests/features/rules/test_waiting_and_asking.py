"""Sleeps, requests, questions and installations."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_diagnostics, check_fixed

IMPORTS = "import asyncio\nimport os\nimport subprocess\nimport sys\nimport time\n\nimport requests\n\n\n"


def limited(text: str, **world: Any) -> Snapshot:
    """A step of a workflow that may take a minute."""
    return samples.snapshot(text, workflow=replace(samples.WORKFLOW, time_limit=60.0), step=samples.POST, **world)


@pytest.mark.parametrize("seconds", ["750", "60 * 60", "3600.0", "1_000", "2 * 60 * 60"])
def test_a_sleep_that_no_workflow_outlasts_is_found(seconds: str) -> None:
    check_diagnostics(IMPORTS + HEADER + f"time.sleep({seconds})\n", [("sleep-past-limit", f"time.sleep({seconds})")])


@pytest.mark.parametrize("seconds", ["60", "61"])
def test_a_sleep_past_the_workflows_own_limit_is_found(seconds: str) -> None:
    text = IMPORTS + HEADER + f"time.sleep({seconds})\n"
    check_diagnostics(text, [("sleep-past-limit", f"time.sleep({seconds})")], make=limited)
    check_diagnostics(text, [])


def test_sleep_under_its_own_name_is_known() -> None:
    check_diagnostics("from time import sleep\n\n\n" + HEADER + "sleep(900)\n", [("sleep-past-limit", "sleep(900)")])


@pytest.mark.parametrize(
    "line",
    [
        "time.sleep(59)",
        "time.sleep(0.1)",
        "time.sleep(wait)",
        "time.sleep(60 - 1)",
        "time.sleep(wait * 60)",
        "time.sleep()",
        "sleep(900)",
        "driver.sleep(900)",
        "time.sleep(-900)",
        "x = 900",
        "# time.sleep(900)",
    ],
)
def test_a_sleep_that_may_end_in_time_is_left_alone(line: str) -> None:
    check_diagnostics(IMPORTS + HEADER + line + "\n    return 1\n", [], make=limited)


@pytest.mark.parametrize("line", ["time.sleep(900)", "os.system('pip install slack_sdk')", "input('Go?')"])
def test_runs_at_home_may_wait_ask_and_install(line: str) -> None:
    check_diagnostics(IMPORTS + HEADER + f"return 1\n\n\nif __name__ == '__main__':\n    {line}\n", [])


def test_a_request_without_a_time_limit_is_pointed_out_to_who_asks() -> None:
    text = IMPORTS + HEADER + "return requests.post('https://x.io', json={{}}{}).json()\n"
    levels = {"no-timeout": "hint"}
    check_diagnostics(text.format(""), [])
    check_diagnostics(text.format(""), [("no-timeout", "requests.post")], levels=levels)
    check_fixed(text.format(""), "Add timeout=30", text.format(", timeout=30"), levels=levels)


@pytest.mark.parametrize(
    "call",
    [
        "requests.get(u, timeout=5)",
        "requests.get(u, **options)",
        "session.get(u)",
        "requests.Session()",
        "requests.get",
    ],
)
def test_a_request_that_may_have_one_is_left_alone(call: str) -> None:
    check_diagnostics(IMPORTS + HEADER + f"x = {call}\n", [], levels={"no-timeout": "hint"})


def test_a_request_that_believes_any_server_is_found() -> None:
    line = "r = requests.get('https://x.io', verify={})\n    return r.json()\n"
    check_diagnostics(IMPORTS + HEADER + line.format("False"), [("verify-false", "verify=False")])
    check_fixed(
        IMPORTS + HEADER + line.format("False"), "Check the certificate", IMPORTS + HEADER + line.format("True")
    )


@pytest.mark.parametrize(
    "line",
    [
        "requests.get(u, verify=True)",
        "requests.get(u, verify=path)",
        "check(u, verify=False)",
        "jwt.decode(t, verify=False)",
    ],
)
def test_verify_elsewhere_is_left_alone(line: str) -> None:
    check_diagnostics(IMPORTS + HEADER + line + "\n", [])


def test_raise_for_status_is_called() -> None:
    line = "r = requests.get('https://x.io')\n    r.raise_for_status{}\n    return r.json()\n"
    check_diagnostics(IMPORTS + HEADER + line.format(""), [("raise-for-status", "r.raise_for_status")])
    check_fixed(IMPORTS + HEADER + line.format(""), "Call it", IMPORTS + HEADER + line.format("()"))


@pytest.mark.parametrize(
    "line",
    ["r.raise_for_status()", "check = r.raise_for_status", "hooks(r.raise_for_status)", "raise_for_status = True"],
)
def test_raise_for_status_that_has_a_use_is_left_alone(line: str) -> None:
    check_diagnostics(IMPORTS + HEADER + line + "\n", [])


def test_a_question_that_nobody_can_answer_is_found() -> None:
    check_diagnostics(HEADER + "name = input('Name? ')\n", [("input-call", "input('Name? ')")])


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "input = ask\n    return input('a')\n",
        HEADER + "return ui.input('a')\n",
        HEADER + "return {'input': 1}\n",
        "def ask(input):\n    return input('a')\n\n\n" + HEADER + "return ask(len)\n",
        HEADER + "return 1\n\n\nif __name__ == '__main__':\n    input('Go?')\n",
    ],
)
def test_another_input_is_left_alone(text: str) -> None:
    check_diagnostics(text, [])


@pytest.mark.parametrize(
    "call",
    [
        "os.system('pip install slack_sdk')",
        "os.system('python3 -m pip install slack_sdk')",
        "subprocess.run('pip3 install slack_sdk', shell=True)",
        "subprocess.check_call([sys.executable, '-m', 'pip', 'install', 'slack_sdk'])",
        "subprocess.run(['pip', 'install', name])",
    ],
)
def test_an_installation_by_the_step_is_found(call: str) -> None:
    check_diagnostics(IMPORTS + HEADER + call + "\n", [("pip-install", call)])


@pytest.mark.parametrize(
    "call",
    [
        "print('pip install slack_sdk')",
        "os.system('pip --version')",
        "subprocess.run(['pip', 'install', '--target', '/tmp/packages', 'slack_sdk'])",
        "subprocess.run(command)",
        "run(['pip', 'install', 'x'])",
        "x = 1  # pip install slack_sdk",
    ],
)
def test_another_command_is_left_alone(call: str) -> None:
    check_diagnostics(IMPORTS + HEADER + call + "\n", [])
