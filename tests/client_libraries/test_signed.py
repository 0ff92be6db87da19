"""Requests that are signed, run with the library that signs: the signature travels, and no secret does."""

import json
from pathlib import Path

import pytest

from pd_lsp.catalog import catalog
from pd_lsp.model import AppSlug
from pd_lsp.sandbox.exchange import Answer
from pd_lsp.templates import templates_for
from tests.client_libraries.cases import service_account_key
from tests.templates.stand_in import elsewhere, standing_in
from tests.templates.test_running import invented, run

TOKEN = {"access_token": "short-lived", "expires_in": 3600, "token_type": "Bearer"}
SIGNED = {
    "twitter": ((), "OAuth oauth_nonce="),
    "aws": ((), "AWS4-HMAC-SHA256 Credential="),
    "google_cloud": ((TOKEN,), "Bearer short-lived"),
    "google_dialogflow": ((TOKEN,), "Bearer short-lived"),
}


@pytest.mark.parametrize("slug", SIGNED)
async def test_the_request_carries_a_signature_and_no_secret(slug: str, libraries_python: Path) -> None:
    facts = catalog().app(AppSlug(slug))
    assert facts is not None
    answers, beginning = SIGNED[slug]
    values = invented(facts)
    if "key_json" in values:
        values["key_json"] = service_account_key()
    with standing_in() as (app, environment):
        app.answers = [*answers]
        result = await run(templates_for(facts.app.slug)[-1], values, environment, libraries_python)
    assert result.ok, result.error
    assert app.requests[-1].headers["authorization"].startswith(beginning)
    assert [found for request in app.requests for found in elsewhere(request, facts, values)] == []


async def test_trello_has_its_request_signed_by_pipedream_which_alone_gets_the_token(libraries_python: Path) -> None:
    facts = catalog().app(AppSlug("trello"))
    assert facts is not None
    values = {**invented(facts), "oauth_signer_uri": "https://signer.example"}
    signature = Answer(200, None, {"Content-Type": "text/plain"}, content=b"OAuth signed")
    with standing_in() as (app, environment):
        app.answers = [signature]
        result = await run(templates_for(facts.app.slug)[-1], values, environment, libraries_python)
    assert result.ok, result.error
    to_signer, to_trello = app.requests
    assert (to_signer.host, to_trello.host) == ("signer.example", "api.trello.com")
    asked = json.loads(to_signer.body)
    assert asked["requestData"] == {"method": "get", "url": "https://api.trello.com/1/members/me"}
    assert asked["token"] == {"key": values["oauth_access_token"], "secret": values["oauth_refresh_token"]}
    assert to_trello.headers["authorization"] == "OAuth signed"
    assert elsewhere(to_trello, facts, values) == []
