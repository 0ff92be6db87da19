"""What a code action is."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, TypeAlias

from pd_lsp.features.diagnostics import Diagnostic
from pd_lsp.text import LineIndex, TextEdit

Command: TypeAlias = Literal["write stubs", "choose template"]
"""What is done when the person chooses an action, where that is more than a change to the document.

For `choose template` the editor lets them search among all apps."""


@dataclass(frozen=True, slots=True)
class OtherFile:
    """Changes to a file that is not the document asked about."""

    path: PurePath
    lines: LineIndex
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class CodeAction:
    """A change to the document, or something that the server does, that the person may choose."""

    title: str
    edits: tuple[TextEdit, ...] = ()
    mends: Diagnostic | None = None
    """What it is a quick fix for; None for one that stands for itself."""
    is_preferred: bool = False
    command: Command | None = None
    elsewhere: OtherFile | None = None
    """What is changed in another file in place of this document."""
