"""What a code action is."""

from dataclasses import dataclass

from pd_lsp.features.diagnostics import Diagnostic
from pd_lsp.text import TextEdit


@dataclass(frozen=True, slots=True)
class CodeAction:
    """A change to the document that the person may choose."""

    title: str
    edits: tuple[TextEdit, ...]
    mends: Diagnostic | None = None
    """What it is a quick fix for; None for one that stands for itself."""
    is_preferred: bool = False
