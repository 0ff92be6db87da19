"""The token endpoint of the sandbox, over httpx."""

import json

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.connected import connected
from pd_lsp.sandbox.exchange import Request
from pd_lsp.sandbox.pipedream_api import TOKEN_LIFETIME, PipedreamApi

APPS = "/v1/connect/apps"
TOKEN = "/v1/oauth/token"


def test_a_right_client_gets_a_token_that_opens_the_api(signed_out: httpx.Client, grant: dict[str, str]) -> None:
    answer = signed_out.post(TOKEN, json=grant)
    assert answer.status_code == 200
    assert (answer.json()["token_type"], answer.json()["expires_in"]) == ("Bearer", TOKEN_LIFETIME)
    bearer = {"authorization": f"Bearer {answer.json()['access_token']}", "x-pd-environment": "development"}
    assert signed_out.get(APPS, headers=bearer).status_code == 200


def test_a_form_signs_in_as_json_does(signed_out: httpx.Client, grant: dict[str, str]) -> None:
    assert "access_token" in signed_out.post(TOKEN, data=grant).json()


def test_a_scope_is_accepted(signed_out: httpx.Client, grant: dict[str, str]) -> None:
    assert signed_out.post(TOKEN, json={**grant, "scope": "connect:accounts:read"}).status_code == 200


@pytest.mark.parametrize("wrong", [{"client_id": "nobody"}, {"client_secret": "invented"}, {"client_secret": None}])
def test_a_wrong_client_is_refused(signed_out: httpx.Client, grant: dict[str, str], wrong: dict[str, str]) -> None:
    answer = signed_out.post(TOKEN, json={**grant, **wrong})
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})


@pytest.mark.parametrize("body", [b"", b"[]", b"no json", b'{"grant_type": "password"}', b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_asks_for_no_client_credentials_is_refused(signed_out: httpx.Client, body: bytes) -> None:
    answer = signed_out.post(TOKEN, content=body)
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})


@pytest.mark.parametrize("authorization", [None, "", "Bearer", "Bearer invented", "Basic c2FuZGJveA==", "nonsense"])
def test_without_a_good_token_the_api_stays_closed(signed_out: httpx.Client, authorization: str | None) -> None:
    answer = signed_out.get(APPS, headers={"authorization": authorization} if authorization is not None else {})
    assert (answer.status_code, answer.json()) == (401, {"error": "Unauthorized"})


def test_an_unknown_path_tells_nothing_without_a_token(signed_out: httpx.Client, sandbox: Sandbox) -> None:
    assert signed_out.get(f"/v1/connect/{sandbox.project_id}/accounts").status_code == 401
    assert signed_out.get("/nowhere").status_code == 401


def test_a_revoked_token_is_good_no_longer(api: httpx.Client) -> None:
    assert api.get(APPS).status_code == 200
    token = api.headers["authorization"].partition(" ")[2]
    assert api.post("/v1/oauth/revoke", json={"token": token}).status_code == 200
    assert api.get(APPS).status_code == 401


@pytest.mark.parametrize("path", [TOKEN, "/v1/oauth/revoke"])
def test_a_token_is_not_had_by_get(signed_out: httpx.Client, path: str) -> None:
    assert signed_out.get(path).status_code == 405


def test_a_token_ends_after_its_lifetime(grant: dict[str, str]) -> None:
    now = [1000.0]
    api = PipedreamApi(connected(seed=1), clock=lambda: now[0])
    body = json.dumps(grant).encode()
    token = api.answer(Request("POST", "", TOKEN, {}, body)).document["access_token"]
    asked = Request("GET", "", APPS, {"authorization": f"Bearer {token}", "x-pd-environment": "development"})
    now[0] += TOKEN_LIFETIME - 1
    assert api.answer(asked).status == 200
    now[0] += 2
    assert api.answer(asked).status == 401
