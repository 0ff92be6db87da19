"""Completion of a word such as `slack` in an empty place of a step: the templates of that app."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.code_actions.insert_template import insert_at
from pd_lsp.features.code_actions.template_actions import NOT_YET, OfferedTemplate, offered_templates
from pd_lsp.features.completion import Completion
from pd_lsp.features.insertion.site import Site, site_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import parse
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange

_WORD_BEFORE = re.compile(r"(?:^|(?<=[\r\n]))[ \t]*(?P<word>[^\W\d]\w+|)\Z")
_REST_OF_LINE = re.compile(r"[ \t]*(?=[\r\n]|\Z)")
_FIRST_LETTER = re.compile(r"[ \t]*[^\W\d][ \t]*")
_STATEMENTS = ("expression_statement", "ERROR")
"""What a word that stands alone is a part of."""
_LINE_ENDS = "\r\n"
_IN_MODULE = 3
"""How long the way to a statement of the module is that is only a name."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """Where the templates go, in place of a word."""

    word: TextRange
    site: Site
    width: int
    """By how much the text that the site speaks of is shorter, because it is without the word."""


def complete_templates(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    """The templates of the apps that the word before `offset` can mean, where that word stands alone on its line.

    They go where the code action would put them: into the handler, or into the module. In a helper, a class, or a
    function inside the handler there are none: a template begins with `pd`, and nobody knows whether that is there.
    Without a word all are offered, but only in a file that has no code: elsewhere they would stand in the way of what a
    Python server offers.
    """
    word = _word_alone(snapshot, offset)
    if word is None:
        return []
    typed = snapshot.text[word.start : word.end]
    offers = [offered for offered in offered_templates(snapshot) if _means(offered, typed)]
    gap = _gap(snapshot, word) if offers else None
    return list(_completions(snapshot, gap, offers, typed)) if gap else []


def begins_template_word(snapshot: Snapshot, offset: Offset) -> bool:
    """Whether the letter before `offset` stands alone on its line, as a word does that templates can come for.

    From its second letter on a word means something or nothing, and more letters change nothing about that.
    """
    line = snapshot.lines.line_range(snapshot.lines.line_of(offset))
    if not _FIRST_LETTER.fullmatch(snapshot.text, line.start, line.end) or offset != _last_letter(snapshot, line):
        return False
    way = snapshot.tree.way_to(Offset(offset - 1))
    return way[-1].node.kind == "identifier" and way[-2].node.kind in _STATEMENTS


def _last_letter(snapshot: Snapshot, line: TextRange) -> int:
    return line.start + len(snapshot.text[line.start : line.end].rstrip(" \t"))


def _completions(snapshot: Snapshot, gap: _Gap, offers: list[OfferedTemplate], typed: str) -> Iterator[Completion]:
    for offered in offers:
        edits = insert_at(gap.site, offered.template, offered.prop.name)
        if edits:
            label = f"{offered.prop.name}: {offered.template.title}"
            edit, further = _around_word(gap, snapshot.text, edits)
            detail, name = f"template of {offered.app_name}", _name_from(offered, typed)
            detail += f", {NOT_YET}" if offered.is_missing else ""
            yield Completion(label, detail, edit, further, filter_text=name, kind="template")


def _word_alone(snapshot: Snapshot, offset: Offset) -> TextRange | None:
    """The word that ends at `offset`, or the place for one, if nothing else stands on its line."""
    line = snapshot.lines.line_range(snapshot.lines.line_of(offset))
    before = _WORD_BEFORE.search(snapshot.text, line.start, offset)
    if before is None or not _REST_OF_LINE.match(snapshot.text, offset):
        return None
    return TextRange(Offset(before.start("word")), offset)


def _means(offered: OfferedTemplate, typed: str) -> bool:
    wanted = typed.casefold()
    return wanted in offered.prop.name.casefold() or offered.app_name.casefold().startswith(wanted)


def _name_from(offered: OfferedTemplate, typed: str) -> str | None:
    """The name that was meant, from what is typed of it on, so that an editor finds it when more is typed."""
    wanted = typed.casefold()
    name = next((name for name in (offered.prop.name, offered.app_name) if wanted in name.casefold()), "")
    return typed + name[name.casefold().find(wanted) + len(typed) :] if typed else None


def _gap(snapshot: Snapshot, word: TextRange) -> _Gap | None:
    """Where templates go for a word, or for none in a file without code; None where it is a part of something else."""
    is_step = snapshot.step is not None
    if word.start == word.end:
        site = site_at(snapshot.tree, snapshot.lines, word.end, is_step=is_step)
        is_below = site is not None and site.is_blank and not snapshot.text[word.end :].strip()
        return _Gap(word, site, 0) if site and is_below else None
    way = snapshot.tree.way_to(word.start)
    leaf, parent = way[-1].node, way[-2].node if len(way) > 1 else way[-1].node
    if leaf.kind != "identifier" or leaf.range != word or parent.kind not in _STATEMENTS:
        return None
    if len(way) > _IN_MODULE:
        site = site_at(snapshot.tree, snapshot.lines, word.end, word=word, is_step=is_step)
        return _Gap(word, site, 0) if site and site.inside else None
    text = snapshot.text[: word.start] + snapshot.text[word.end :]
    site = site_at(parse(text, snapshot.tree), LineIndex(text), word.start, is_step=is_step)
    return _Gap(word, site, word.end - word.start) if site else None


def _around_word(gap: _Gap, text: str, edits: tuple[TextEdit, ...]) -> tuple[TextEdit, tuple[TextEdit, ...]]:
    """The edit that takes the place of the word, which must stay on its line, and the others.

    Where the template goes elsewhere, the word is only taken away.
    """
    word, width = gap.word, gap.width
    own = next((edit for edit in edits if edit.range.start <= word.start and word.end - width <= edit.range.end), None)
    further = tuple(_moved(edit, word.start, width) for edit in edits if edit is not own)
    if own is None:
        return TextEdit(word, ""), further
    place = TextRange(own.range.start, Offset(own.range.end + width))
    start, above, new_text = _from_word(text, word, place, own.new_text)
    end = place.end
    if _has_line_end(text[word.end : place.end]):
        end, new_text = word.end, new_text.removesuffix("\n").removesuffix("\r")
    return TextEdit(TextRange(start, end), new_text), (*above, *further)


def _from_word(text: str, word: TextRange, place: TextRange, new_text: str) -> tuple[Offset, tuple[TextEdit, ...], str]:
    """Where an edit begins that may not begin above the word's line, what is edited above, and what is left of it."""
    before = text[place.start : word.start]
    if new_text.startswith(before):
        return word.start, (), new_text[len(before) :]
    if not _has_line_end(before):
        return place.start, (), new_text
    rest = new_text.lstrip(_LINE_ENDS)
    return word.start, (TextEdit(TextRange(place.start, word.start), new_text[: -len(rest)]),), rest


def _has_line_end(text: str) -> bool:
    return "\n" in text or "\r" in text


def _moved(edit: TextEdit, start: Offset, width: int) -> TextEdit:
    """An edit of the text without the word, as one of the text that has it."""
    if edit.range.start < start:
        return edit
    return TextEdit(TextRange(Offset(edit.range.start + width), Offset(edit.range.end + width)), edit.new_text)
