"""Quick fixes: what mends a diagnostic, or tells pd-lsp to say no more about it on its line."""

from collections.abc import Iterable, Iterator

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.features.diagnostics import Diagnostic
from pd_lsp.features.rules.ignoring import COMMENT
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit, TextRange

_NO_COMMENT_BEHIND = ("string_content", "escape_sequence")


def fixes(snapshot: Snapshot, selected: TextRange, diagnosed: Iterable[Diagnostic]) -> list[CodeAction]:
    """The fixes of every diagnostic that the selection touches, and for each one a comment that switches it off."""
    here = [one for one in diagnosed if _touch(one.finding.range, selected)]
    return [action for one in here for action in _actions(snapshot, one)]


def _actions(snapshot: Snapshot, diagnostic: Diagnostic) -> Iterator[CodeAction]:
    for fix in diagnostic.finding.fixes:
        yield CodeAction(fix.title, fix.edits, mends=diagnostic, is_preferred=fix.is_preferred)
    edit = _comment(snapshot, diagnostic)
    if edit:
        yield CodeAction(f"Ignore {diagnostic.code} on this line", (edit,), mends=diagnostic)


def _touch(one: TextRange, other: TextRange) -> bool:
    return one.start <= other.end and other.start <= one.end


def _comment(snapshot: Snapshot, diagnostic: Diagnostic) -> TextEdit | None:
    """The comment at the end of the line; None where none can stand there, as inside a string of several lines."""
    line = snapshot.lines.line_range(snapshot.lines.line_of(diagnostic.finding.range.start))
    text = snapshot.text[line.start : line.end].rstrip()
    end = Offset(line.start + len(text))
    known = COMMENT.search(text)
    if known:
        place = Offset(line.start + known.end("codes"))
        return TextEdit(TextRange(place, place), f", {diagnostic.code}")
    last = snapshot.tree.node_at(Offset(max(end - 1, 0)), end)
    if last.kind in _NO_COMMENT_BEHIND or text.endswith("\\"):
        return None
    return TextEdit(TextRange(end, end), f"  # pd: ignore[{diagnostic.code}]")
