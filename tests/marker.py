"""`$0` marks the caret. `$auth` is not `$0`, so the marker is safe in our texts."""

from pd_lsp.text import Offset

MARKER = "$0"


def marked(text: str) -> tuple[str, Offset]:
    """The text without its one marker, and where that stood."""
    before, marker, after = text.partition(MARKER)
    assert marker, "the text has no $0"
    assert MARKER not in after, "the text has more than one $0"
    return before + after, Offset(len(before))
