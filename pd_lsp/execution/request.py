"""What a run needs, and how it is written into the one document that goes to the runner (D12)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.credentials import Credentials, Redactor
from pd_lsp.execution.debug_session import Debugger
from pd_lsp.model import Json

FIRST_RUN: Json = {"run": {"runs": 1}}
"""`pd.context` of a step that was not rerun (docs/platform.md, section 1.6)."""

SIZE_LIMIT = 6 * 1024 * 1024
"""Bytes that the platform allows to logs, exports and event together (docs/platform.md, section 1.9)."""


@dataclass(frozen=True, slots=True)
class StepRequest:
    """One run of one step, with everything it may know."""

    file: str
    """The path that tracebacks and `__file__` show; it need not exist."""
    source: str = field(repr=False)
    """The text to run, which may be unsaved."""
    interpreter: Path
    """The step's Python."""
    accounts: Mapping[str, Credentials] = field(default_factory=dict)
    """By prop name."""
    data_stores: Mapping[str, Path | None] = field(default_factory=dict)
    """By prop name: the SQLite file in the person's own folder; None: in memory, for this run."""
    steps: Mapping[str, Json] = field(default_factory=dict, repr=False)
    """`pd.steps`: `trigger` with its event and context, and earlier steps."""
    context: Json = field(default=None, repr=False)
    """`pd.context`; None: that of a first run."""
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Variables meant for the step: they travel in the request, and the runner sets them inside."""
    process_environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Proxy and certificate variables, set when the process starts."""
    python_path: tuple[Path, ...] = ()
    """More places to import from, after all others."""
    time_limit: float = 30.0
    """Seconds from the start of the step's process to the end of the step."""
    memory_limit: int | None = None
    """Megabytes; None: no limit."""
    size_limit: int = SIZE_LIMIT
    """Bytes that exports, return value and response may have together; with event and output, before a notice."""
    any_value: bool = False
    """Whether a value that is no JSON is shown as text, where the platform would let the step fail."""
    debugger: Debugger | None = None
    """The debugger that waits for the step; the time limit does not run while it is there."""
    redactor: Redactor = field(default_factory=lambda: Redactor(()), repr=False)
    """Knows every value of this run."""


def encode(request: StepRequest, environment: Mapping[str, str], nonce: str) -> bytes:
    """The document for the runner. It holds the values of all accounts: it goes into the pipe, and is dropped."""
    document = {
        "nonce": nonce,
        "file": request.file,
        "source": request.source,
        "accounts": {name: credentials.reveal() for name, credentials in request.accounts.items()},
        "data_stores": {name: str(path.absolute()) if path else None for name, path in request.data_stores.items()},
        "steps": dict(request.steps),
        "context": FIRST_RUN if request.context is None else request.context,
        "environment": dict(environment),
        "python_path": [str(path) for path in request.python_path],
        "memory_limit": request.memory_limit,
        "size_limit": request.size_limit,
        "any_value": request.any_value,
        "debugger": request.debugger.to_json() if request.debugger else None,
    }
    return json.dumps(document).encode()
