"""Every hand-made template, run by the real runner with its client library, against a stand-in for its host."""

import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest

from pd_lsp.catalog import AppFacts, catalog
from pd_lsp.model import AppSlug, Template
from pd_lsp.templates import templates_for
from tests.client_libraries.cases import CASES, NOT_RUN, Case, service_account_key
from tests.templates.stand_in import standing_in
from tests.templates.test_running import invented, run, wrong

APPS = resources.files("pd_lsp.templates") / "apps"


def hand_made() -> dict[str, tuple[AppFacts, Template]]:
    """Each hand-made template with its app, by app and file name."""
    found = {}
    for folder in sorted(APPS.iterdir(), key=lambda folder: folder.name):
        files = sorted(file.name.removesuffix(".py") for file in folder.iterdir() if file.name.endswith(".py"))
        facts = catalog().app(AppSlug(folder.name))
        assert facts is not None, folder.name
        for name, template in zip(files, templates_for(facts.app.slug), strict=False):
            found[f"{folder.name}/{name}"] = facts, template
    return found


HAND_MADE = hand_made()
RUN = {name: made for name, made in HAND_MADE.items() if not name.startswith(tuple(f"{slug}/" for slug in NOT_RUN))}


def account(facts: AppFacts, case: Case) -> dict[str, str]:
    """An account's values, in the form that the library wants."""
    values = {**invented(facts), **case.values}
    if "key_json" in values:
        values["key_json"] = service_account_key()
    return values


@pytest.mark.parametrize("name", RUN)
async def test_a_hand_made_template_runs_and_its_credentials_arrive_where_they_belong_and_nowhere_else(
    name: str, libraries_python: Path
) -> None:
    facts, template = RUN[name]
    case = CASES.get(name, Case())
    values = account(facts, case)
    with standing_in() as (app, environment):
        app.answers = [*case.answers]
        result = await run(template, values, environment, libraries_python)
        app.requests = [request for request in app.requests if request.path not in case.without]
    assert not wrong(replace(facts, placement=case.placement or facts.placement), app, result, values, case.also)


def test_it_is_said_how_many_ran_and_why_the_others_did_not(capsys: pytest.CaptureFixture[str]) -> None:
    left_out = {name: NOT_RUN[facts.app.slug] for name, (facts, _) in HAND_MADE.items() if facts.app.slug in NOT_RUN}
    with capsys.disabled():
        sys.stdout.write(f"\n{len(RUN)} of {len(HAND_MADE)} hand-made templates were run. The others:\n")
        sys.stdout.writelines(f"  {name}: {reason}\n" for name, reason in left_out.items())
    assert len(RUN) + len(left_out) == len(HAND_MADE)
    assert set(NOT_RUN) <= {facts.app.slug for facts, _ in HAND_MADE.values()}
    assert set(CASES) <= set(HAND_MADE)
