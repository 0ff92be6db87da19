"""Event summaries: of a source, and what went wrong in a workflow (docs/platform.md, section 3)."""

import json
from typing import Any

from pd_lsp.sandbox.answers import NOT_FOUND, refused
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.legacy.people import WORKSPACE
from pd_lsp.sandbox.legacy.steps import WORKFLOWS, SandboxWorkflow

SOURCE = "dc_Rw5NvTz"
_FIRST_AT = 1_793_606_400_000
_LONGEST_SUMMARY = 1000
_MOST = 100
_PEOPLE = ("Ada Lovelace", "Grace Hopper", "Katherine Johnson")


def of_source(request: Request, source_id: str) -> Answer:
    """The events of the sandbox's one source, newest first: rows that were added to a sheet of sign-ups."""
    if source_id != SOURCE:
        return NOT_FOUND
    rows = [
        {"rowNumber": place, "newRow": [name, f"{name.split()[0].lower()}@example.com"], "note": "-" * 1200}
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
    events = [_error(workflow, place, name) for place, name in enumerate(_PEOPLE, 1)]
    return _summaries(request, events, workflow_id, "$errors")


def _error(workflow: SandboxWorkflow, place: int, name: str) -> dict[str, Any]:
    moment = f"2026-11-02T08:1{place}:00.000Z"
    person = {"name": name, "email": f"{name.split(maxsplit=1)[0].lower()}@example.com"}
    http = {"method": "POST", "path": "/", "query": {}, "headers": {"content-type": "application/json"}, "body": person}
    schedule = {"cron": "0 8 * * *", "timestamp": _FIRST_AT // 1000 + place}
    return {
        "original_event": http if workflow.trigger.startswith("hi_") else schedule,
        "original_context": {
            "id": f"2pQ{place}",
            "ts": moment,
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
            "ts": moment,
            "stack": "KeyError: 'plan'\n    at handler (entry.py:4)",
        },
    }


def _summaries(request: Request, events: list[dict[str, Any]], emitter: str, name: str) -> Answer:
    """The last `limit` events. Long ones are cut unless the request expands them."""
    limit = request.query.get("limit", "10")
    if not limit.isdecimal() or not 1 <= int(limit[:9]) <= _MOST:
        return refused(f"limit must be a number from 1 to {_MOST}")
    found = [
        {
            "id": f"{_FIRST_AT + place}-0",
            "indexed_at_ms": _FIRST_AT + place,
            "event": event if request.query.get("expand") == "event" else _cut(event),
            "metadata": {"emit_id": f"2pQe{place}", "name": name, "emitter_id": emitter},
        }
        for place, event in enumerate(events)
    ]
    page = found[::-1][: int(limit)]
    cursors = {"start_cursor": page[0]["id"], "end_cursor": page[-1]["id"]} if page else {}
    return Answer(200, {"page_info": {"total_count": len(found), "count": len(page), **cursors}, "data": page})


def _cut(event: dict[str, Any]) -> Any:
    text = json.dumps(event)
    return event if len(text) <= _LONGEST_SUMMARY else f"{text[:_LONGEST_SUMMARY]}..."
