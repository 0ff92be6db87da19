"""Event summaries: of a source, and what went wrong in a workflow (docs/platform.md, section 3)."""

import json
from datetime import datetime, timezone
from typing import Any

from pd_lsp.sandbox.answers import NOT_FOUND, refused
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.legacy.people import WORKSPACE
from pd_lsp.sandbox.legacy.steps import WORKFLOWS, SandboxWorkflow

SOURCE = "dc_Rw5NvTz"
_FIRST_AT = 1_793_606_400_000
_MINUTE = 60_000
_LONGEST_SUMMARY = 1000
_DEFAULT, _MOST = "10", 100
_PEOPLE = ("Ada Lovelace", "Grace Hopper", "Katherine Johnson")
_HTTP_TRIGGERS = {one.trigger: one for one in WORKFLOWS.values() if one.trigger.startswith("hi_")}


def of_source(request: Request, source_id: str) -> Answer:
    """The events of the sandbox's one source, newest first: rows that were added to a sheet of sign-ups.

    An HTTP trigger is answered like a source, with the requests that it got, as somebody has observed.
    """
    if source_id in _HTTP_TRIGGERS:
        return _summaries(request, [_http(_person(name)) for name in _PEOPLE], source_id, "")
    if source_id != SOURCE:
        return NOT_FOUND
    rows = [
        {"rowNumber": place, "newRow": [name, _person(name)["email"]], "note": "-" * 1200}
        for place, name in enumerate(_PEOPLE, 2)
    ]
    return _summaries(request, rows, SOURCE, "")


def emitted(request: Request, workflow_id: str) -> Answer:
    """What a workflow has emitted: nothing."""
    return _summaries(request, [], workflow_id, "") if workflow_id in WORKFLOWS else NOT_FOUND


def errors(request: Request, workflow_id: str) -> Answer:
    """What went wrong, newest first, with the event that it went wrong for."""
    workflow = WORKFLOWS.get(workflow_id)
    if workflow is None:
        return NOT_FOUND
    events = [_error(workflow, place, name) for place, name in enumerate(_PEOPLE)]
    return _summaries(request, events, workflow_id, "$errors")


def _error(workflow: SandboxWorkflow, place: int, name: str) -> dict[str, Any]:
    """The first request had a form where JSON was expected; of the others a step missed a key."""
    at = _FIRST_AT + place * _MINUTE
    schedule = {"cron": "0 8 * * *", "timestamp": at // 1000}
    by_http = workflow.trigger.startswith("hi_")
    as_text = by_http and place == 0
    went_wrong = "JSONDecodeError: Expecting value: line 1 column 1 (char 0)" if as_text else "KeyError: 'plan'"
    return {
        "original_event": _http("name=Ada" if as_text else _person(name)) if by_http else schedule,
        "original_context": {
            "id": f"2pQ{place}",
            "ts": _moment(at),
            "workflow_id": workflow.id,
            "workflow_name": workflow.name,
            "deployment_id": "d_sandbox",
            "source_type": "COMPONENT",
            "verified": False,
            "owner_id": WORKSPACE,
            "emitter_id": workflow.trigger,
            "platform_version": "3.56.1",
            "replay": False,
            "trace_id": f"2pQ{place}",
        },
        "error": {
            "code": "InternalFailure",
            "cellId": f"c_{workflow.id[2:]}1",
            "ts": _moment(at + 1000),
            "stack": f"{went_wrong}\n    at handler (entry.py:{8 if as_text else 4})",
        },
    }


def _person(name: str) -> dict[str, str]:
    return {"name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@example.com"}


def _http(body: Any) -> dict[str, Any]:
    headers = {"content-type": "application/json"}
    return {"method": "POST", "path": "/", "query": {}, "headers": headers, "body": body}


def _moment(milliseconds: int) -> str:
    return datetime.fromtimestamp(milliseconds / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _summaries(request: Request, events: list[dict[str, Any]], emitter: str, name: str) -> Answer:
    """A page of the last events, newest first. Long ones are cut unless the request expands them."""
    moments = range(_FIRST_AT, _FIRST_AT + len(events) * _MINUTE, _MINUTE)
    found = [
        {
            "id": f"{at}-0",
            "indexed_at_ms": at,
            "event": event if request.query.get("expand") == "event" else _cut(event),
            "metadata": {"emit_id": f"2pQe{place}", "name": name, "emitter_id": emitter},
        }
        for place, (at, event) in enumerate(zip(moments, events, strict=True))
    ]
    return _page(request, found[::-1])


def _page(request: Request, found: list[dict[str, Any]]) -> Answer:
    """The page that `limit`, `after` or `before` asks for; here a cursor is the id of an event as it is."""
    limit = request.query.get("limit", _DEFAULT)
    if not limit.isdecimal() or not 1 <= int(limit[:9]) <= _MOST:
        return refused(f"limit must be a number from 1 to {_MOST}")
    places: dict[str | None, int] = {summary["id"]: place for place, summary in enumerate(found)}
    after, before = request.query.get("after"), request.query.get("before")
    if not {after, before} <= {None, *places}:
        return refused("invalid cursor")
    end = places.get(before, len(found))
    start = max(end - int(limit), 0) if before else places.get(after, -1) + 1
    page = found[start:end][: int(limit)]
    cursors = {"start_cursor": page[0]["id"], "end_cursor": page[-1]["id"]} if page else {}
    return Answer(200, {"page_info": {"total_count": len(found), "count": len(page), **cursors}, "data": page})


def _cut(event: dict[str, Any]) -> Any:
    text = json.dumps(event)
    return event if len(text) <= _LONGEST_SUMMARY else f"{text[:_LONGEST_SUMMARY]}..."
