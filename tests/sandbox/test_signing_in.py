"""The token endpoint of the sandbox, over httpx."""

import json

import httpx
import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.exchange import Request
from pd_lsp.sandbox.signing_in import TOKEN_LIFETIME, AccessTokens

ACCOUNTS, USERS = "/v1/connect/proj_sandbox/accounts", "/v1/connect/proj_sandbox/users"
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
    tokens = AccessTokens(clock=lambda: now[0])
    token = tokens.create(Request("POST", "", TOKEN, {}, json.dumps(grant).encode())).document["access_token"]
    now[0] += TOKEN_LIFETIME - 1
    assert tokens.scopes(token) == {"*"}
    now[0] += 2
    assert tokens.scopes(token) is None


def test_all_tokens_can_be_ended_at_once(api: httpx.Client, sandbox: Sandbox, grant: dict[str, str]) -> None:
    assert api.get(APPS).status_code == 200
    sandbox.expire_tokens()
    assert (api.get(APPS).status_code, api.get(APPS).json()) == (401, {"error": "Unauthorized"})
    token = api.post(TOKEN, json=grant).json()["access_token"]
    assert api.get(APPS, headers={"authorization": f"Bearer {token}"}).status_code == 200


@pytest.mark.parametrize(
    ("scope", "opened", "closed"),
    [
        ("*", [ACCOUNTS, USERS, APPS], []),
        ("connect:*", [ACCOUNTS, USERS, APPS], []),
        ("connect:accounts:*", [ACCOUNTS, APPS], [USERS]),
        ("connect:accounts:read", [ACCOUNTS, f"{USERS}/sandbox-user/accounts", APPS], [USERS]),
        ("connect:proxy connect:users:read", [USERS], [ACCOUNTS, f"{ACCOUNTS}/apn_githubwork"]),
        ("connect:accounts:write", [APPS], [ACCOUNTS]),
    ],
)
def test_a_token_opens_what_its_scope_names(
    signed_out: httpx.Client, grant: dict[str, str], scope: str, opened: list[str], closed: list[str]
) -> None:
    token = signed_out.post(TOKEN, json={**grant, "scope": scope}).json()["access_token"]
    signed_out.headers.update({"authorization": f"Bearer {token}", "x-pd-environment": "development"})
    assert [signed_out.get(path).status_code for path in opened] == [200] * len(opened)
    for path in closed:
        answer = signed_out.get(path)
        assert (answer.status_code, answer.json()) == (403, {"error": "insufficient_scope"})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("DELETE", f"{ACCOUNTS}/apn_githubwork"),
        ("POST", ACCOUNTS),
        ("DELETE", f"{USERS}/sandbox-user"),
        ("DELETE", "/v1/connect/proj_sandbox/apps/github/accounts"),
        ("POST", "/v1/connect/proj_sandbox/tokens"),
        ("GET", "/v1/connect/proj_sandbox/proxy/L3VzZXI"),
    ],
)
def test_who_may_only_read_accounts_changes_nothing(
    signed_out: httpx.Client, grant: dict[str, str], method: str, path: str
) -> None:
    token = signed_out.post(TOKEN, json={**grant, "scope": "connect:accounts:read"}).json()["access_token"]
    headers = {"authorization": f"Bearer {token}", "x-pd-environment": "development"}
    assert signed_out.request(method, path, headers=headers).status_code == 403
