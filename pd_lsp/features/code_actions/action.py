"""What a code action is."""

from dataclasses import dataclass

from pd_lsp.text import TextEdit


@dataclass(frozen=True, slots=True)
class CodeAction:
    """A change to the document that the person may choose."""

    title: str
    edits: tuple[TextEdit, ...]
