"""The template that is made for each app, run by the real runner against a stand-in for the app's host."""

import asyncio
import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pd_lsp.catalog import AppFacts, catalog
from pd_lsp.credentials import Credentials
from pd_lsp.execution.run import StepRequest, StepResult, run_step
from pd_lsp.model import AppSlug, Template
from pd_lsp.templates import templates_for
from tests.templates.stand_in import StandIn, elsewhere, put_in, standing_in, where_it_belongs

NOT_KNOWN = "put-the-address-here.invalid"
SPECIAL = {"driver", "oauth1", "sigv4", "service_account"}
"""Kinds whose templates need a client library, or a signature: test_client_libraries.py runs those that can be run."""


def can_run(facts: AppFacts) -> bool:
    """Whether the template needs nothing but requests, and the app is where a stand-in can be: on port 443."""
    is_elsewhere = re.match(r"https://[^/]*:\d", facts.base_url or "")
    return not is_elsewhere and not (facts.placement and facts.placement.kind in SPECIAL)


def invented(facts: AppFacts) -> dict[str, str]:
    """An account's values, each of its own; that of a key which is the whole address of an app is an address."""
    values = {
        key.name: f"{number:02}x{key.name.lower().replace('_', '-')}" for number, key in enumerate(facts.app.fields)
    }
    values.update({name: "443" for name in values if name.lower().endswith("port")})
    address = facts.base_url or ""
    if address.startswith("{"):
        key = address[1:].partition("}")[0]
        values[key] = f"https://{values[key]}"
    return values


async def run(
    template: Template, values: Mapping[str, str], environment: Mapping[str, str], python: Path
) -> StepResult:
    """Runs a template with an account of these values."""
    request = StepRequest(
        file="/made-up/step.py",
        source=template.code,
        interpreter=python,
        accounts={template.app: Credentials(template.app, values)},
        process_environment=environment,
    )
    return await run_step(request, lambda _event: None)


def wrong(
    facts: AppFacts, app: StandIn, result: StepResult, values: Mapping[str, str], also: Collection[str] = ()
) -> str:
    """What was wrong with a run; nothing where nothing was. `also` are more places where a secret belongs."""
    if not result.ok:
        return f"it {result.outcome}: {result.error}"
    if not app.requests:
        return "it asked nobody"
    for request in app.requests:
        if not where_it_belongs(request, facts, values):
            return f"the credentials are not where the catalogue says: {sorted(request.headers)} {request.target}"
        if found := [place for place in elsewhere(request, facts, values) if place not in also]:
            return f"a secret is in {', '.join(found)} as well"
    hosts = {request.host for request in app.requests}
    known = urlsplit(put_in(facts.base_url or f"https://{NOT_KNOWN}", values)).hostname
    if not facts.reviewed and hosts != {known}:
        return f"it asked {hosts}, and not {known}"
    return ""


async def all_wrong(slugs: Iterable[AppSlug], python: Path) -> tuple[int, dict[str, str]]:
    """Runs the templates of apps, one after the other; how many ran, and what was wrong with which."""
    count, found = 0, {}
    with standing_in() as (app, environment):
        for slug in slugs:
            facts = catalog().app(slug)
            assert facts is not None
            app.requests.clear()
            values = invented(facts)
            result = await run(templates_for(slug)[-1], values, environment, python)
            count += 1
            if sentence := wrong(facts, app, result, values):
                found[slug] = sentence
    return count, found


async def test_the_template_of_every_app_runs_and_its_credentials_arrive_where_they_belong_and_nowhere_else(
    steps_python: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    slugs = [slug for slug in catalog() if (facts := catalog().app(slug)) and can_run(facts)]
    turns = os.cpu_count() or 1
    parts = await asyncio.gather(*(all_wrong(slugs[turn::turns], steps_python) for turn in range(turns)))
    ran = sum(count for count, _ in parts)
    found = {slug: sentence for _, some in parts for slug, sentence in some.items()}
    with capsys.disabled():
        sys.stdout.write(f"\n{ran - len(found)} of {ran} apps: the template made for each ran\n")
    assert not found
    assert ran > 1_900
