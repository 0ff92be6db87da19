"""One run from the request that comes in to the event that goes out last (D12)."""
# ruff: noqa: PLC0415 - a run waits for each import

from __future__ import annotations

import json
import os
import sys
from functools import partial

from pd_lsp.runner.channel import open_channel
from pd_lsp.runner.data_store import DataStore
from pd_lsp.runner.guard import become_unreadable, limit_files, limit_memory
from pd_lsp.runner.pd import Pipedream
from pd_lsp.runner.record import Record
from pd_lsp.runner.step import run_step
from pd_lsp.runner.streams import order_streams

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from pd_lsp.runner.channel import Channel

STOPPED = 130
"""The exit status of a run that was asked to stop, as shells count it."""


def converse(events: int) -> None:
    """Reads the request, runs the step, and sends what came of it to `events`, as one JSON document a line."""
    try:
        become_unreadable()
        request = _read_request()
        channel = open_channel(events, request.pop("nonce"), request["size_limit"])
        channel.send("started", python=".".join(map(str, sys.version_info[:3])))
        debugger = request.pop("debugger")
        _prepare(request)
        record = Record(channel.notice, takes_any_value=request["any_value"])
        begin = partial(_attach, debugger, channel)
        channel.finish(run_step(request["source"], request["file"], _pd(request, record), record, begin))
    except KeyboardInterrupt:
        os._exit(STOPPED)


def _attach(debugger: dict[str, Any] | None, channel: Channel) -> None:
    """Waits for the debugger, if there is to be one."""
    if debugger is None:
        return
    from pd_lsp.runner.debugger import attach

    attach(debugger, partial(channel.send, "debugger left"))


def _read_request() -> dict[str, Any]:
    """The request; afterwards standard input is empty."""
    with open(0, "rb", closefd=False) as pipe:
        request: dict[str, Any] = json.loads(pipe.read())
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)
    return request


def _prepare(request: dict[str, Any]) -> None:
    if request["memory_limit"]:
        limit_memory(request["memory_limit"])
    limit_files()
    os.environ.update(request.pop("environment"))
    sys.path += request["python_path"]  # last, so that a `json.py` beside a step shadows nothing
    sys.argv = [request["file"]]
    order_streams()


def _pd(request: dict[str, Any], record: Record) -> Pipedream:
    accounts = {name: {"$auth": values} for name, values in request.pop("accounts").items()}
    stores = {name: DataStore(name, path) for name, path in request["data_stores"].items()}
    return Pipedream({**accounts, **stores}, request["steps"], request["context"], record)
