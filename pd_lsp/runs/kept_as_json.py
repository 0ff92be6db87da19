"""Runs that are kept, as plain JSON: for `--json` and for editors (docs/run-json.md)."""

from datetime import datetime, timezone
from typing import Any

from pd_lsp.workflows.kept_runs import KeptRun


def moment(at: float) -> str:
    """A moment in seconds since 1970, as documents have it: `2026-11-30T18:20:00+00:00`."""
    return datetime.fromtimestamp(at, timezone.utc).isoformat(timespec="seconds")


def listed(run: KeptRun) -> dict[str, Any]:
    """What a list says of a run: which it is, how it ended, and what it ran with."""
    return {
        "number": run.number,
        "step": run.name,
        "file": str(run.step),
        "at": moment(run.at),
        "outcome": run.result.get("outcome"),
        "duration": run.result.get("duration"),
        "sandbox": run.sandbox,
        "environment": run.environment,
        "accounts": dict(run.accounts),
        "left_out": [*run.left_out],
    }


def shown(run: KeptRun) -> dict[str, Any]:
    """The document that the run gave, and as `run` what the list says and what the step found in `pd.steps`."""
    of_run = {name: value for name, value in listed(run).items() if name not in run.result and name not in _OF_DOCUMENT}
    return {"step": run.name, "file": str(run.step), **run.result, "run": {**of_run, **run.event.to_json()}}


_OF_DOCUMENT = ("step", "file")
