"""The debug adapter that an editor starts: debugpy's own, which serves the one step that waits for it (D12).

It speaks to the editor over standard input and output, and listens on loopback until the step has come. Both show each
other a word that nobody else knows. What the editor's configuration says does not reach the step, but for
`justMyCode`: no interpreter, no variables, no paths.
"""

import os
import socket
import sys
from contextlib import suppress
from typing import Any

from pd_lsp.execution.debug_session import NoSessionError, waiting_step
from pd_lsp.private_files import PrivateFileError

_HOST = "127.0.0.1"


def serve_debugger() -> None:
    """Serves one editor until it has left."""
    if sys.platform != "win32":
        from pd_lsp.execution.supervisor.posix.processes import become_unreadable  # noqa: PLC0415 - not on Windows

        become_unreadable()  # the values of a step pass through this process
    _be_silent()
    from debugpy import adapter  # noqa: PLC0415 - it reads the environment, and takes standard error, as it is imported
    from debugpy.adapter import clients, servers, sessions  # noqa: PLC0415 - as above

    class Editor(clients.Client):  # type: ignore[misc] # debugpy has no types
        """The editor's end, which attaches to nothing but a step of ours."""

        def attach_request(self, request: Any) -> Any:
            just_my_code = request.arguments.get("justMyCode") is not False
            session = request.arguments.get("session")
            try:
                step = waiting_step(session if isinstance(session, str) else None)
                _, port = servers.serve(_HOST)
                debugger = step.answer(port)
            except (NoSessionError, PrivateFileError) as error:
                raise request.cant_handle("{0}", error) from None
            adapter.access_token, servers.access_token = debugger.step_token, debugger.adapter_token
            request.arguments.clear()
            request.arguments.update(_arguments(port, just_my_code=just_my_code))
            try:
                return super().attach_request(request)
            finally:
                _stop_listening(servers)

        def launch_request(self, request: Any) -> Any:
            raise request.cant_handle('A step is started by pd-lsp: write "request": "attach", and start it there.')

        def setExceptionBreakpoints_request(self, request: Any) -> Any:  # noqa: N802 - the protocol's name
            """What escapes from a handler is uncaught for a person, though the runner makes a result of it."""
            filters = request.arguments.get("filters")
            if isinstance(filters, list) and "uncaught" in filters:
                request.arguments["filters"] = [*filters, "userUnhandled"]
            return self.request(request)

    clients.listener = None  # debugpy opens a port for further editors, which asks nobody for a word: here is none
    Editor("stdio")
    servers.wait_until_disconnected()
    sessions.wait_until_ended()
    os._exit(0)  # a thread of debugpy's may still read from the editor, and Python would die of that


def _arguments(port: int, *, just_my_code: bool) -> dict[str, Any]:
    """What debugpy is to do: wait for the step, and leave its output alone, which is redacted on its own way."""
    return {
        "connect": {"host": _HOST, "port": port},
        "justMyCode": just_my_code,
        "redirectOutput": False,
        "subProcess": False,
    }


def _stop_listening(servers: Any) -> None:
    """Closes the port, once the step has come or will not."""
    with suppress(OSError):  # Linux keeps a port open that a thread waits at, until it is shut down
        servers.listener.shutdown(socket.SHUT_RDWR)
    servers.stop_serving()


def _be_silent() -> None:
    """Keeps what goes over the wire out of files and of standard error, which may be somebody's log (D16)."""
    for name in list(os.environ):
        if name.startswith(("DEBUGPY_", "PYDEVD_")):
            del os.environ[name]
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open to the end
