"""Lets the debugger that waits for a run take hold of it, before a line of the step has run (docs/debugging.md)."""
# ruff: noqa: PLC0415, PTH100, PTH118, PTH120 - pathlib is slow to import and a run waits for each import

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import threading
    from typing import Any, Callable

_HOST = "127.0.0.1"
_RUNNER = os.path.dirname(os.path.abspath(__file__))


_GONE = "The debugger was gone before the step began, so it was not run: start it again."


class NoDebugger(Exception):  # noqa: N818 - people see this name
    """The step can't be debugged, and was not run."""


def attach(debugger: dict[str, Any], on_left: Callable[[], None]) -> None:
    """Connects to the debugger and waits until it has set its breakpoints; `on_left` is called once it has gone.

    What the step prints stays where it goes, and processes that it starts are not debugged. Raises NoDebugger.
    """
    try:
        _import_debugpy(debugger["package"])
    except Exception as error:  # noqa: BLE001 - whatever it is, nobody can debug the step
        version = ".".join(map(str, sys.version_info[:2]))
        raise NoDebugger(
            f"debugpy does not run in this Python {version} ({type(error).__name__}): choose another one for the step."
        ) from None
    import threading

    import pydevd

    try:
        _connect(debugger)
    except Exception:  # noqa: BLE001 - as above
        raise NoDebugger(_GONE) from None
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=_let_go)
    left, begun = threading.Event(), threading.Event()

    def wait_for_the_end(reader: threading.Thread) -> None:
        reader.join()
        left.set()
        begun.set()
        on_left()

    pydb = pydevd.get_global_debugger()
    watch = threading.Thread(target=wait_for_the_end, args=(pydb.reader,), daemon=True)
    watch.pydev_do_not_trace = watch.is_pydev_daemon_thread = True  # type: ignore[attr-defined]
    watch.start()
    pydb.block_until_configuration_done(cancel=begun)
    if left.is_set():
        raise NoDebugger(_GONE)


def _connect(debugger: dict[str, Any]) -> None:
    import io

    import pydevd
    from _pydev_bundle import pydev_log

    with pydev_log.log_context(0, io.StringIO()):  # it would print a traceback where the debugger is gone
        pydevd.settrace(
            _HOST,
            port=debugger["port"],
            suspend=False,
            wait_for_ready_to_run=False,
            patch_multiprocessing=False,
            notify_stdin=False,
            client_access_token=debugger["step_token"],
            access_token=debugger["adapter_token"],
            dont_trace_start_patterns=(debugger["package"], _RUNNER),
        )


def _let_go() -> None:
    """In a process that the step has forked: it would stop where nobody could let it go on."""
    import threading

    import pydevd
    from _pydevd_bundle import pydevd_constants

    pydevd_constants.after_fork()
    pydevd.settrace_forked(setup_tracing=False)
    sys.settrace(None)
    threading.settrace(None)
    monitoring = getattr(sys, "monitoring", None)  # in place of the above, from Python 3.12 on
    if monitoring:
        monitoring.set_events(monitoring.DEBUGGER_ID, 0)


def _import_debugpy(package: str) -> None:
    """Imports the debugpy in the folder `package`, whatever the step's Python has, and leaves `sys.path` as it is.

    It reads variables of the environment, which would write all that goes over the wire into files, and sets some.
    """
    import importlib.util

    before = dict(os.environ)
    for name in list(os.environ):
        if name.startswith(("DEBUGPY_", "PYDEVD_")):
            del os.environ[name]
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # of frozen modules, which nobody means to debug
    try:
        spec = importlib.util.spec_from_file_location(
            "debugpy", os.path.join(package, "__init__.py"), submodule_search_locations=[package]
        )
        assert spec is not None  # noqa: S101 - a file's name that ends with .py has a loader
        assert spec.loader is not None  # noqa: S101 - as above
        sys.modules["debugpy"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        importlib.import_module("debugpy.server")  # which brings the modules of pydevd
    finally:
        os.environ.clear()
        os.environ.update(before)
