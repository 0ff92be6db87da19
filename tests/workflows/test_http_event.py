"""The event of an HTTP trigger, as docs/platform.md has it in section 1.3."""

from typing import Any

import pytest

from pd_lsp.workflows.http_event import http_event


def event(target: str = "/", body: bytes = b"", **headers: str) -> Any:
    named = [("Host", "example.m.pipedream.net"), *((name.replace("_", "-"), value) for name, value in headers.items())]
    return http_event("POST", target, named, body, "127.0.0.1")


def test_a_request_has_the_keys_that_the_platform_gives_it() -> None:
    assert event("/a/b?x=1&y=&x=2", b"hello", Content_Type="text/plain") == {
        "method": "POST",
        "path": "/a/b",
        "query": {"x": "2", "y": ""},
        "headers": {"host": "example.m.pipedream.net", "content-type": "text/plain"},
        "body": "hello",
        "url": "https://example.m.pipedream.net/a/b",
        "client_ip": "127.0.0.1",
    }


@pytest.mark.parametrize(
    ("kind", "body", "found"),
    [
        ("application/json", b'{"a": [1]}', {"a": [1]}),
        ("application/json; charset=utf-8", b'{"a": 1}', {"a": 1}),
        ("application/vnd.api+json", b"[1]", [1]),
        ("application/json", b"{broken", "{broken"),
        ("application/json", b'{"a": NaN}', '{"a": NaN}'),
        ("application/json", b"[" * 100_000, "[" * 100_000),
        ("application/x-www-form-urlencoded", b"a=1&b=%C3%A9&c=", {"a": "1", "b": "é", "c": ""}),
        ("text/csv", b"a,b\n", "a,b\n"),
        ("", b"\xff", "\ufffd"),
    ],
)
def test_the_body_is_an_object_where_the_request_says_so(kind: str, body: bytes, found: object) -> None:
    assert event(body=body, Content_Type=kind)["body"] == found
