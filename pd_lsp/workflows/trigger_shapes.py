"""What is documented of a trigger's event and context (docs/platform.md, section 1.3)."""

from collections.abc import Iterable, Mapping

from pd_lsp.shapes import Shape, merged, object_with

_SOURCE = "documented"
_TEXT, _FLAG, _OBJECT = (Shape(frozenset({kind}), source=_SOURCE) for kind in ("text", "true or false", "object"))
_UNKNOWN = Shape(source=_SOURCE)
_CONTEXT: Mapping[str, Shape] = {
    **dict.fromkeys(("id", "ts", "workflow_id", "workflow_name", "deployment_id", "owner_id", "emitter_id"), _TEXT),
    "platform_version": _TEXT,
    "replay": _FLAG,
    "trace_id": _TEXT,
}
_DATE = object_with({"iso8601": object_with({"date": _TEXT}, _SOURCE)}, _SOURCE)
_EVENTS: Mapping[str, Mapping[str, Shape]] = {
    "hi_": {
        "method": _TEXT,
        "path": _TEXT,
        "query": _OBJECT,
        "headers": _OBJECT,
        "body": Shape(frozenset({"object", "text"}), source=_SOURCE),
        "url": _TEXT,
        "client_ip": _TEXT,
    },
    "ti_": {
        "interval_seconds": _UNKNOWN,
        "cron": _UNKNOWN,
        "timestamp": _UNKNOWN,
        "timezone_configured": _DATE,
        "timezone_utc": _UNKNOWN,
    },
}
"""By the beginning of a trigger's id (section 4.2): HTTP, schedule. What an app's source emits, nobody can say."""


def documented_context() -> Shape:
    """`pd.steps["trigger"]["context"]`."""
    return object_with(_CONTEXT, _SOURCE)


def documented_event(triggers: Iterable[str]) -> Shape:
    """`pd.steps["trigger"]["event"]`, as far as the ids of the workflow's triggers tell it."""
    known = (_EVENTS.get(trigger[:3]) for trigger in triggers)
    return merged(object_with(event, _SOURCE) for event in known if event) or Shape()
