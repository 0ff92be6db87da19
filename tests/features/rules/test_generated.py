"""What is made from the rules: their page, and their setting in the VS Code extension."""

import runpy
from typing import Any

import pytest

from pd_lsp.features.rules import ALL
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def made() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "data" / "make_rules.py"))


def test_the_page_is_what_the_script_makes_of_the_rules_today(made: dict[str, Any]) -> None:
    assert made["PAGE"].read_text("utf-8") == made["page_text"](), "stale: run poe generate"


def test_the_setting_has_each_rule_with_its_level(made: dict[str, Any]) -> None:
    assert made["MANIFEST"].read_text("utf-8") == made["manifest_text"](), "stale: run poe generate"


def test_the_page_names_each_rule(made: dict[str, Any]) -> None:
    text = made["page_text"]()
    assert [rule.code for rule in ALL if f"\n## {rule.code}\n" not in text] == []
