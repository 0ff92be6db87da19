"""Loads the text of a step as a module of its own, calls its handler, and says what came of it."""
# ruff: noqa: PTH119, PLC0415 - pathlib is slow to import and a run waits for each import

from __future__ import annotations

import os
import sys

from pd_lsp.runner.failure import describe_failure
from pd_lsp.runner.source import remember_source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any, Callable

    from pd_lsp.runner.pd import Pipedream
    from pd_lsp.runner.record import Record

MODULE = "entry"
"""The step's name as a module: it is not `__main__`, so its `if __name__ == "__main__"` does not run."""


class NoHandler(Exception):  # noqa: N818 - people see this name
    """The step has nothing to call."""


def run_step(source: str, file: str, pd: Pipedream, record: Record, begin: Callable[[], None]) -> dict[str, Any]:
    """Runs `begin`, then the handler in `source`, which is or would be the file `file`; what came of it, as JSON."""
    path, modules = [*sys.path], {**sys.modules}
    try:
        begin()
        returned = record.value(_call(source, file, pd, record), "$return_value")
    except BaseException as error:  # noqa: BLE001 - whatever a step raises is its result
        sys.path = path  # what describes the failure is imported now, whatever the step made of these two
        sys.modules.update(modules)
        described = describe_failure(error, file, pd)
        for sentence in described.pop("hints"):
            record.notice(sentence)
        return {**record.as_json(), "returned": None, "error": described}
    return {**record.as_json(), "returned": returned, "error": None}


def _call(source: str, file: str, pd: Pipedream, record: Record) -> Any:
    remember_source(file, source)
    if "script_helpers" in source:
        from pd_lsp.runner.script_helpers import provide

        provide(pd)
    module = _load(source, file)
    if not hasattr(module, "handler") and _is_old_style():
        record.notice("A step without a handler is of an older kind, which Pipedream no longer makes.")
        return None
    handler = _handler(module, file)
    count = sum(line.startswith(("def handler(", "async def handler(")) for line in source.splitlines())
    if count > 1:
        record.notice(f"The step has {count} handlers: the last one counts.")
    result = handler(pd)
    if hasattr(result, "__await__"):
        import asyncio

        result = asyncio.run(_awaited(result))
    return result


def _load(source: str, file: str) -> ModuleType:
    source = source.lstrip("\ufeff")  # a byte order mark, which Python passes over in files alone
    code = compile(source, file, "exec", dont_inherit=True)
    module = type(os)(MODULE)
    module.__file__ = file
    sys.modules[MODULE] = module
    exec(code, module.__dict__)
    return module


def _is_old_style() -> bool:
    helpers = sys.modules.get("pd_lsp.runner.script_helpers")
    return helpers is not None and helpers.was_imported()


def _handler(module: ModuleType, file: str) -> Callable[[Pipedream], Any]:
    handler: Any = getattr(module, "handler", None)
    if not callable(handler):
        raise NoHandler(f'{os.path.basename(file)} has no handler: a step begins with `def handler(pd: "pipedream"):`.')
    found: Callable[[Pipedream], Any] = handler
    return found


async def _awaited(result: Any) -> Any:
    return await result
