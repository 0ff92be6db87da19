"""Completion of a word such as `slack` in an empty place of a step: the templates of that app."""

import re
from collections.abc import Iterator

from pd_lsp.features.code_actions.insert_template import insert_template
from pd_lsp.features.code_actions.template_actions import OfferedTemplate, is_step, offered_templates
from pd_lsp.features.completion import Completion
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Tree, parse
from pd_lsp.text import Offset, TextEdit, TextRange

_WORD_BEFORE = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*(?P<word>[^\W\d]\w+)\Z")
_REST_OF_LINE = re.compile(r"[ \t]*(?=[\r\n]|\Z)")


def complete_templates(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    """The templates of the apps that the word before `offset` can mean, where that word stands alone on its line."""
    word = _word_alone(snapshot, offset)
    if word is None:
        return []
    typed = snapshot.text[word.start : word.end]
    if snapshot.text.strip() != typed and not is_step(snapshot):
        return []
    without = parse(snapshot.text[: word.start] + snapshot.text[word.end :], snapshot.tree)
    return list(_completions(snapshot, without, word, typed))


def _completions(snapshot: Snapshot, without: Tree, word: TextRange, typed: str) -> Iterator[Completion]:
    for offered in offered_templates(snapshot):
        if not _means(offered, typed):
            continue
        edits = insert_template(without.text, word.start, offered.template, prop=offered.prop.name, tree=without)
        edit, further = _around_word(snapshot, word, edits or ())
        if edit:
            label = f"{offered.prop.name}: {offered.template.title}"
            yield Completion(label, f"template of {offered.app_name}", edit, further, typed, is_template=True)


def _word_alone(snapshot: Snapshot, offset: Offset) -> TextRange | None:
    """The word that ends at `offset`, if it is all that stands on its line and is part of no string or comment."""
    line = snapshot.lines.line_range(snapshot.lines.line_of(offset))
    before = _WORD_BEFORE.search(snapshot.text, line.start, offset)
    if before is None or not _REST_OF_LINE.match(snapshot.text, offset):
        return None
    start = Offset(before.start("word"))
    if snapshot.tree.node_at(start).kind in ("string", "string_content", "comment"):
        return None
    return TextRange(start, offset)


def _means(offered: OfferedTemplate, typed: str) -> bool:
    wanted = typed.casefold()
    return wanted in offered.prop.name.casefold() or offered.app_name.casefold().startswith(wanted)


def _around_word(
    snapshot: Snapshot, word: TextRange, edits: tuple[TextEdit, ...]
) -> tuple[TextEdit | None, tuple[TextEdit, ...]]:
    """The edit that takes the place of the word, and the others. `edits` speak of the text without the word.

    None where that edit reaches over a line's end: an editor takes no such completion.
    """
    width = word.end - word.start
    own = next((edit for edit in edits if word.start in edit.range), None)
    if own is None:
        return None, ()
    place = TextRange(own.range.start, Offset(own.range.end + width))
    if snapshot.lines.line_of(place.start) != snapshot.lines.line_of(place.end):
        return None, ()
    indent = snapshot.text[place.start : word.start]
    if own.new_text.startswith(indent):
        own, place = TextEdit(own.range, own.new_text[len(indent) :]), TextRange(word.start, place.end)
    further = tuple(_moved(edit, word.start, width) for edit in edits if word.start not in edit.range)
    return TextEdit(place, own.new_text), further


def _moved(edit: TextEdit, start: Offset, width: int) -> TextEdit:
    if edit.range.start < start:
        return edit
    return TextEdit(TextRange(Offset(edit.range.start + width), Offset(edit.range.end + width)), edit.new_text)
