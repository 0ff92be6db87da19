"""No rule says a word about steps that are right: a corpus after the shapes that people use, and the examples."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from pd_lsp.catalog import known_app, known_headers
from pd_lsp.features.diagnostics import diagnose
from pd_lsp.model import Accounts
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.workflows.workflow_file import find_workflow_file, read_workflow, step_of
from tests import samples
from tests.conftest import ROOT

CORPUS = Path(__file__).with_name("correct_steps.md").read_text("utf-8")
STEPS = dict(re.findall(r"^## ([^\n]+)\n\n```python\n(.*?)^```", CORPUS, re.MULTILINE | re.DOTALL))
EXAMPLES = sorted((ROOT / "examples").glob("**/entry.py"))
TEMPLATES = sorted((ROOT / "pd_lsp" / "templates" / "apps").glob("*/*.py"))


def known_world(snapshot: Snapshot) -> Snapshot:
    """The same with all that the catalogue knows, and no account that anybody has asked for."""
    return replace(snapshot, accounts=Accounts(), catalogue=known_app, headers_of=known_headers)


def said(snapshot: Snapshot) -> list[tuple[str, str]]:
    return [
        (one.code, snapshot.text[one.finding.range.start : one.finding.range.end])
        for one in diagnose(known_world(snapshot))
    ]


def test_the_corpus_is_whole() -> None:
    assert len(STEPS) == CORPUS.count("\n## ")
    assert len(STEPS) > 60


@pytest.mark.parametrize("name", STEPS)
def test_nothing_is_said_of_a_step_that_is_right(name: str) -> None:
    assert said(samples.snapshot(STEPS[name])) == []


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.parent.name)
def test_nothing_is_said_of_the_examples(file: Path) -> None:
    workflow_file = find_workflow_file(file, ROOT)
    assert workflow_file
    workflow = read_workflow(workflow_file)
    snapshot = samples.snapshot(file.read_text("utf-8"), workflow=workflow, step=step_of(workflow, file))
    assert snapshot.step
    assert said(snapshot) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_nothing_is_said_of_the_templates(file: Path) -> None:
    assert said(samples.snapshot(file.read_text("utf-8"))) == []
