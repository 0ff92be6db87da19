"""The comments that ask for packages."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from tests import samples
from tests.checks import HEADER, check_diagnostics, check_fixed

ASKED = "# pipedream add-package "
REST = "\n\n" + HEADER + "return 1\n"


@pytest.mark.parametrize(
    "wanted", ["pip install slack_sdk", "pip3 install slack_sdk", "python -m pip install slack_sdk", "requests, bs4"]
)
def test_a_comment_that_is_no_name_is_found(wanted: str) -> None:
    check_diagnostics(ASKED + wanted + REST, [("add-package-form", wanted)])


def test_a_comment_that_names_nothing_is_found() -> None:
    check_diagnostics(ASKED + REST, [("add-package-form", ASKED.rstrip())])


def test_the_command_goes_and_the_name_stays() -> None:
    check_fixed(ASKED + "pip install slack_sdk" + REST, "Change to slack_sdk", ASKED + "slack_sdk" + REST)


@pytest.mark.parametrize("wanted", ["slack_sdk>=3", "slack_sdk ~= 3.1", "slack_sdk<4"])
def test_a_range_of_versions_is_pointed_out(wanted: str) -> None:
    check_diagnostics(ASKED + wanted + REST, [("add-package-version", wanted)])


@pytest.mark.parametrize(
    "text",
    [
        ASKED + "slack_sdk",
        ASKED + "slack_sdk==3.27.0",
        ASKED + "google-auth   ",
        ASKED + "scrapegraphai[burr]==1.0",
        ASKED + "slack_sdk  # for messages",
        "#pipedream add-package discord.py",
        "# pipedream add-packages are comments",
        "# Use pipedream add-package for more",
        "# not: # pipedream add-package pip install x",
        "text = '# pipedream add-package pip install x'",
        f"{ASKED}a==1\n{ASKED}b==2\n{ASKED}a==1",
        f'"""A step."""\n{ASKED}a\n{ASKED}b',
        f"import json\n{ASKED}a",
        f"# a step\n\n{ASKED}a\n\n{ASKED}b\nimport a",
    ],
)
def test_a_comment_that_may_be_right_is_left_alone(text: str) -> None:
    check_diagnostics(text + REST, [])


def test_two_versions_of_one_package_are_found() -> None:
    text = f"{ASKED}slack_sdk==3.1\n{ASKED}Slack-SDK==3.2{REST}"
    check_diagnostics(text, [("add-package-twice", "Slack-SDK==3.2")])


def beside(text: str, **world: Any) -> Snapshot:
    """A step of a workflow in which another one asks for a package in one version, and for another in any."""
    other = parse(f"{ASKED}slack_sdk==3.1\n{ASKED}requests\n")
    return replace(samples.in_workflow(text, **world), other_steps=lambda: {"fetch": other})


def test_another_version_than_in_another_step_is_found() -> None:
    found = [("add-package-twice", "slack-sdk==3.2")]
    check_diagnostics(f"{ASKED}slack-sdk==3.2{REST}", found, make=beside)


@pytest.mark.parametrize("wanted", ["slack_sdk==3.1", "slack_sdk", "requests==2.0"])
def test_the_same_version_as_in_another_step_is_left_alone(wanted: str) -> None:
    check_diagnostics(ASKED + wanted + REST, [], make=beside)


def test_a_step_that_is_switched_off_does_not_count() -> None:
    other = {"switched_off": parse(f"{ASKED}slack_sdk==3.1\n")}
    check_diagnostics(
        f"{ASKED}slack_sdk==3.2{REST}",
        [],
        make=lambda text: replace(samples.in_workflow(text), other_steps=lambda: other),
    )


def test_of_several_one_below_the_code_is_pointed_out_and_moved() -> None:
    text = f"{ASKED}a\nimport json\n{ASKED}b\nimport re{REST}"
    check_diagnostics(text, [("add-package-place", ASKED + "b")])
    check_fixed(text, "Move it to the top", f"{ASKED}a\n{ASKED}b\nimport json\nimport re{REST}")


def test_a_comment_in_a_function_is_moved_with_its_line() -> None:
    text = f"{ASKED}a\r\n\r\n{HEADER}{ASKED}b\r\n    return 1\r\n"
    check_fixed(text, "Move it to the top", f"{ASKED}a\r\n{ASKED}b\r\n\r\n{HEADER}return 1\r\n")
