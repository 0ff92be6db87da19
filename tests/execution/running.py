"""Runs steps as the rooms above do, and finds what they leave behind; all processes are real."""

import asyncio
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Any

import psutil

from pd_lsp.credentials import Credentials, Redactor, secrets_of
from pd_lsp.execution.run import Notice, Output, StepEvent, StepRequest, StepResult, run_step

FILE = "/made-up/notify/entry.py"
PYTHON = Path(os.environ.get("STEP_PYTHON", sys.executable))
"""Another Python can be named, to see that steps run in it as well."""
TOKEN = "xoxb-2041-invented-Ab3dEf9h"
TEAM = "T0INVENTED7"
SLACK = Credentials("slack", {"oauth_access_token": TOKEN, "team_id": TEAM})


@dataclass
class Run:
    """A result, and all that was heard before it."""

    result: StepResult
    events: list[StepEvent] = field(default_factory=list)

    def text(self, stream: str) -> str:
        return "".join(event.text for event in self.events if isinstance(event, Output) and event.stream == stream)

    @property
    def notices(self) -> str:
        return "\n".join(event.text for event in self.events if isinstance(event, Notice))


def request(source: str, **options: Any) -> StepRequest:
    """A request for the step `source`; accounts given bring the redactor that knows them."""
    accounts = options.get("accounts", {})
    known = Redactor([secret for credentials in accounts.values() for secret in secrets_of(credentials)])
    defaults: dict[str, Any] = {"file": FILE, "interpreter": PYTHON, "redactor": known}
    return StepRequest(source=dedent(source), **{**defaults, **options})


async def run(source: str, *, cancelled: asyncio.Event | None = None, **options: Any) -> Run:
    """Runs the step to its end."""
    events: list[StepEvent] = []
    result = await run_step(request(source, **options), events.append, cancelled=cancelled)
    return Run(result, events)


async def handle(body: str, **options: Any) -> Run:
    """Runs a handler with this body."""
    lines = "\n".join(f"    {line}" for line in dedent(body).strip().splitlines())
    return await run(f"import json, os, sys\ndef handler(pd):\n{lines}\n", **options)


async def eventually(condition: Any, seconds: float = 20) -> None:
    """Waits until `condition()` holds."""
    for _ in range(int(seconds * 50)):
        if condition():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("It did not happen in time.")


def is_gone(process: int) -> bool:
    """Whether a process has ended; one that only waits to be noticed by its parent has."""
    try:
        return psutil.Process(process).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
