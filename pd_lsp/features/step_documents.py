"""Whether a document is a step at all: pd-lsp is a guest, and other programs have handlers too."""

import re

from pd_lsp.syntax.handler import Handler, handlers
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.snapshot import Snapshot

_NAMES_OF_PD = ("pd", "pdm", "pipedream")
_MEMBERS = r"\.(?:inputs|steps|export|respond|flow|send|context)\b"


def is_step(snapshot: Snapshot) -> bool:
    """Whether it is one: by its workflow, by a handler that takes what can only be `pd`, or by the oldest imports.

    `def handler(event, context)` is that of a program for another platform.
    """
    if snapshot.step is not None or any(_takes_pd(handler, snapshot.text) for handler in handlers(snapshot.tree)):
        return True
    return script_helpers_import(snapshot.tree) is not None


def _takes_pd(handler: Handler, text: str) -> bool:
    """By the name of its first parameter, by the scaffold's annotation, or by a member of `pd` that it is asked for."""
    if handler.parameter is None:
        return False
    if handler.parameter in _NAMES_OF_PD or (handler.annotation or "").strip("\"'") == "pipedream":
        return True
    return re.search(rf"\b{re.escape(handler.parameter)}{_MEMBERS}", text) is not None
