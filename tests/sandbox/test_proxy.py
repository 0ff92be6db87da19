"""The Connect proxy of the sandbox, over httpx: calls of apps with a credential that the caller never sees."""

import base64
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from pd_lsp.catalog import Placement
from pd_lsp.sandbox import Fault, Sandbox
from pd_lsp.sandbox.connect.placement import with_credential
from pd_lsp.sandbox.exchange import Request
from pd_lsp.sandbox.faults import truncated
from tests.sandbox.app_calls import CALLS, AppCall

PROXY = "/v1/connect/proj_sandbox/proxy"
USER = "https://api.github.com/user"


def proxied(
    api: httpx.Client, method: str, url: str, account: str = "apn_githubwork", **options: Any
) -> httpx.Response:
    """The answer to a call of `url` through the proxy, for whoever has the account."""
    user = "sandbox-colleague" if account.endswith("colleague") else "sandbox-user"
    headers = {f"x-pd-proxy-{name}": value for name, value in options.pop("headers", {}).items()}
    url_64 = base64.urlsafe_b64encode(url.encode()).decode()
    params = {"external_user_id": user, "account_id": account}
    return api.request(method, f"{PROXY}/{url_64}", params=params, headers=headers, **options)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_the_proxy_calls_every_app_with_the_accounts_credential(
    api: httpx.Client, sandbox: Sandbox, call: AppCall
) -> None:
    credentials = sandbox.credentials(call.account)
    kept = {name: value for name, value in call.headers.items() if "{" not in value}
    url = call.url.format_map(credentials)
    account = next(
        one
        for one in api.get("/v1/connect/proj_sandbox/accounts?limit=100").json()["data"]
        if one["id"] == call.account
    )
    if api.get(f"/v1/connect/apps/{account['app']['id']}").json()["data"]["connect"]["allowed_domains"] is None:
        url = urlsplit(url).path
    answer = proxied(api, call.method, url, call.account, headers=kept, json=call.json)
    document = answer.json()[0] if isinstance(answer.json(), list) else answer.json()
    assert (answer.status_code // 100, document.items() >= call.says.items()) == (2, True), answer.text
    assert not [value for value in credentials.values() if len(value) > 20 and value in answer.text]


def test_an_account_whose_token_can_not_be_read_works_through_the_proxy(api: httpx.Client) -> None:
    url = "https://www.googleapis.com/calendar/v3/users/me/calendarList"
    assert proxied(api, "GET", url, "apn_calendar1").json()["items"][0]["primary"]


def test_a_path_alone_goes_to_the_apps_own_domain(api: httpx.Client) -> None:
    assert proxied(api, "GET", "/user").json() == proxied(api, "GET", USER).json()


def test_base64_does_not_need_its_padding(api: httpx.Client) -> None:
    params = {"external_user_id": "sandbox-user", "account_id": "apn_githubwork"}
    for url_64 in ("L3VzZXI=", "L3VzZXI"):
        assert api.get(f"{PROXY}/{url_64}", params=params).json()["login"] == "octo-work"


def test_query_and_body_reach_the_app(api: httpx.Client) -> None:
    issues = "https://api.github.com/repos/octo/notes/issues"
    made = proxied(api, "POST", issues, json={"title": "Through the proxy"})
    assert (made.status_code, made.json()["title"]) == (201, "Through the proxy")
    listed = proxied(api, "GET", f"{issues}?state=all&per_page=100").json()
    assert [issue["title"] for issue in listed][-1] == "Through the proxy"
    assert len(proxied(api, "GET", f"{issues}?state=all&per_page=1").json()) == 1


def test_only_headers_with_the_prefix_reach_the_app(api: httpx.Client) -> None:
    url = "https://api.notion.com/v1/users/me"
    user = {"external_user_id": "sandbox-user", "account_id": "apn_notionteam"}
    url_64 = base64.urlsafe_b64encode(url.encode()).decode()
    bare = api.get(f"{PROXY}/{url_64}", params=user, headers={"notion-version": "2022-06-28"})
    assert (bare.status_code, bare.json()["code"]) == (400, "missing_version")
    assert proxied(api, "GET", url, "apn_notionteam", headers={"Notion-Version": "2022-06-28"}).status_code == 200


def test_a_credential_of_the_callers_own_is_replaced(api: httpx.Client) -> None:
    assert proxied(api, "GET", USER, headers={"Authorization": "Bearer my-own"}).json()["login"] == "octo-work"


def test_the_apps_own_refusal_comes_through(api: httpx.Client) -> None:
    missing = proxied(api, "GET", "https://api.github.com/nowhere")
    assert (missing.status_code, missing.json()["message"]) == (404, "Not Found")
    dead = proxied(api, "GET", "https://api.airtable.com/v0/meta/whoami", "apn_airtableold")
    assert (dead.status_code, dead.json()["error"]["type"]) == (401, "UNAUTHORIZED")
    late = proxied(api, "GET", "https://api.spotify.com/v1/me", "apn_spotifylate")
    assert (late.status_code, late.json()["error"]["message"]) == (401, "The access token expired")
    unhealthy = proxied(api, "POST", "https://api.linear.app/graphql", "apn_linearkey", json={"query": "{ viewer }"})
    assert unhealthy.status_code == 401


def test_an_app_that_fails_fails_through_the_proxy(api: httpx.Client, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=429, retry_after=9), host="api.github.com")
    sandbox.fail(truncated(), host="api.github.com")
    answer = proxied(api, "GET", USER)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "9")
    with pytest.raises(httpx.RemoteProtocolError):
        proxied(api, "GET", USER)
    assert (proxied(api, "GET", USER).status_code, sandbox.faults_to_come) == (200, 0)


@pytest.mark.parametrize(
    "header",
    [
        *("Accept-Encoding", "Access-Control-Request-Method", "Connection", "Content-Length", "Cookie", "Date", "DNT"),
        *("Expect", "Host", "Origin", "Referer", "Transfer-Encoding", "Sec-Fetch-Mode", "Proxy-Authorization"),
    ],
)
def test_a_header_that_may_not_go_through_is_refused(api: httpx.Client, header: str) -> None:
    answer = proxied(api, "GET", USER, headers={header: "1"})
    assert answer.status_code == 400
    assert header.lower() in answer.json()["error"]


@pytest.mark.parametrize(
    "url",
    [
        "https://intranet.example/",
        "https://api.github.com.intranet.example/",
        "https://api.github.com@intranet.example/",
        "https://api.github.com:8443/user",
        "http://api.github.com/user",
        "https://slack.com/api/auth.test",
        "https:///user",
        "https://[",
        "file:///etc/passwd",
        "user",
        "",
        "https://api.github.com/us er",
        "https://api.github.com/\r\nx: y",
    ],
)
def test_the_proxy_goes_to_the_accounts_own_app_and_nowhere_else(api: httpx.Client, url: str) -> None:
    url_64 = base64.urlsafe_b64encode(url.encode()).decode()
    params = {"external_user_id": "sandbox-user", "account_id": "apn_githubwork"}
    answer = api.get(f"{PROXY}/{url_64 or '='}", params=params)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_an_app_whose_domain_depends_on_the_account_takes_a_path_alone(api: httpx.Client) -> None:
    assert proxied(api, "GET", "/api/v4/user", "apn_gitlabmain").json()["username"] == "tanuki"
    answer = proxied(api, "GET", "https://gitlab.com/api/v4/user", "apn_gitlabmain")
    assert (answer.status_code, "takes a path alone" in answer.json()["error"]) == (400, True)


@pytest.mark.parametrize("odd", ["no+base64", "a", "_w"])
def test_what_is_no_base64_of_an_address_is_refused(api: httpx.Client, odd: str) -> None:
    params = {"external_user_id": "sandbox-user", "account_id": "apn_githubwork"}
    assert api.get(f"{PROXY}/{odd}", params=params).status_code == 400


@pytest.mark.parametrize("missing", ["external_user_id", "account_id"])
def test_user_and_account_have_to_be_named(api: httpx.Client, missing: str) -> None:
    params = {"external_user_id": "sandbox-user", "account_id": "apn_githubwork"}
    del params[missing]
    assert api.get(f"{PROXY}/L3VzZXI", params=params).status_code == 400


@pytest.mark.parametrize(
    ("user", "account", "environment"),
    [
        ("sandbox-colleague", "apn_githubwork", "development"),
        ("nobody", "apn_githubwork", "development"),
        ("sandbox-user", "apn_nobody", "development"),
        ("sandbox-user", "apn_githubwork", "production"),
    ],
)
def test_an_account_that_the_user_does_not_have_is_not_found(
    api: httpx.Client, user: str, account: str, environment: str
) -> None:
    params = {"external_user_id": user, "account_id": account}
    answer = api.get(f"{PROXY}/L3VzZXI", params=params, headers={"x-pd-environment": environment})
    assert (answer.status_code, answer.json()) == (404, {"error": "record not found"})


@pytest.fixture(scope="module")
def large() -> Iterator[Sandbox]:
    with Sandbox(extra_apps=2000, extra_accounts=2000) as running:
        yield running


def test_an_app_that_the_sandbox_does_not_stand_in_for_is_never_called(large: Sandbox, grant: dict[str, str]) -> None:
    with httpx.Client(base_url=large.url, trust_env=False) as api:
        token = api.post("/v1/oauth/token", json=grant).json()["access_token"]
        api.headers.update({"authorization": f"Bearer {token}", "x-pd-environment": large.environment})
        outcomes = {proxied(api, "GET", "/", f"apn_extra{place:06}").status_code for place in range(0, 2000, 40)}
    assert outcomes == {400, 403}


@pytest.mark.parametrize(
    ("placement", "target", "authorization"),
    [
        (Placement("header", {"Authorization": "Token {key}"}), "/a?b=c", "Token k%"),
        (Placement("basic", {"username": "{key}", "password": ""}), "/a?b=c", "Basic ayU6"),
        (Placement("query", {"api": "{key}"}), "/a?b=c&api=k%25", None),
    ],
)
def test_a_credential_stands_where_the_app_wants_it(
    placement: Placement, target: str, authorization: str | None
) -> None:
    sent = with_credential(Request("GET", "example.com", "/a?b=c", {}), placement, {"key": "k%"})
    assert (sent.target, sent.headers.get("authorization")) == (target, authorization)
