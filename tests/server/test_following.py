"""Whatever an editor changes, text, lines, bytes, tree and budget are those of the text that it then has (D24)."""

import re
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.server import convert
from pd_lsp.server.document import Document
from pd_lsp.server.state import ServerState
from pd_lsp.settings import Settings
from pd_lsp.syntax.budget import cost_of
from pd_lsp.syntax.tree import parse
from pd_lsp.text import ColumnUnit, LineIndex, Offset, TextEdit, TextRange

URI = "untitled:step"
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
ODD = ["\r\n", "\n", "\r", "\x0c", "\u2028", "\x85", "é", "e\u0301", "😀", "\ud83d", "\ude00", "\ud83d\ude00", "\t", ""]
CODE = [
    "def handler(pd):\n",
    "    token = pd.inputs['slack']['$auth']['oauth_uid']\r\n",
    "    if x:\n        y = 1\n",
    'f"{pd.inputs["a"]}"',
    '"""\nlong\n"""\n',
    "# said\n",
    "\\\n",
]
PIECES = [*ODD, *CODE, "a", "word", "_1", " ", "    ", "'", '"', "(", ")", "[", "]", "{", "}", "#", "\\", ":", "="]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
CODE_TEXTS = st.lists(st.sampled_from(CODE), min_size=1, max_size=8).map("".join)
TYPED = st.one_of(st.sampled_from([*ODD, "a", "word", "'", "(", "#"]), TEXTS)
PLACES = st.tuples(st.one_of(st.integers(0, 12), st.just(2**31 - 1)), st.one_of(st.integers(0, 40), st.just(2**31 - 1)))


@dataclass(frozen=True)
class Edit:
    """A change in the words of the protocol; without a start it is a whole text."""

    start: tuple[int, int] | None
    end: tuple[int, int]
    text: str
    is_looked_at: bool = True
    """Whether somebody asks for the tree after it."""

    @property
    def change(self) -> lsp.TextDocumentContentChangeEvent:
        if self.start is None:
            return lsp.TextDocumentContentChangeWholeDocument(self.text)
        between = lsp.Range(lsp.Position(*self.start), lsp.Position(*self.end))
        return lsp.TextDocumentContentChangePartial(between, self.text)


@st.composite
def edits(draw: st.DrawFn) -> Edit:
    start = draw(st.one_of(st.none(), PLACES, PLACES, PLACES))
    end = draw(st.one_of(st.just(start or (0, 0)), PLACES))
    return Edit(start, end, draw(TYPED), draw(st.booleans()))


def whole(text: str) -> str:
    """A text as another library takes it."""
    joined = re.sub(r"[\ud800-\udbff][\udc00-\udfff]", lambda pair: _joined(pair.group()), text)
    return re.sub(r"[\ud800-\udfff]", "\ufffd", joined)


def _joined(pair: str) -> str:
    high, low = map(ord, pair)
    return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)


def place(text: str, line: int, column: int, unit: ColumnUnit) -> int:
    """The offset of a position, read off the specification with nothing spared."""
    codec, size = CODECS[unit]
    parts = re.split(r"(\r\n|\r|\n)", text)
    if line * 2 >= len(parts):
        return len(text)
    before = parts[line * 2].encode(codec)[: column * size].decode(codec, "ignore")
    return len("".join(parts[: line * 2]) + before)


def after(text: str | None, edit: Edit, unit: ColumnUnit) -> str | None:
    """The text that the editor has after an edit; None where nobody can say."""
    if edit.start is None:
        return whole(edit.text)
    if text is None:
        return None
    start, end = place(text, *edit.start, unit), place(text, *edit.end, unit)
    return None if start > end else text[:start] + whole(edit.text) + text[end:]


def opened(text: str) -> tuple[ServerState, Document]:
    state = ServerState(Settings(), AccountCaches({}), say=lambda _: None)
    state.open(URI, None, text, 1)
    return state, state.documents[URI]


def take(state: ServerState, edit: Edit, unit: ColumnUnit) -> None:
    state.change(URI, [lambda document: convert.change_of(document, edit.change, unit)], 2)


def check_follows(document: Document, text: str, *, is_looked_at: bool = True) -> None:
    """All that is known of the document is what a look at `text` from its first to its last letter gives."""
    fresh = LineIndex(text)
    assert document.text == text
    assert [document.lines.line_range(line) for line in range(document.lines.line_count)] == [
        fresh.line_range(line) for line in range(fresh.line_count)
    ]
    assert document.cost == cost_of(text)
    assert document.tree.source == re.sub("\r(?!\n)", "\n", text).encode()
    if is_looked_at:
        assert said(document.tree) == said(parse(text))


def said(tree: object) -> list[tuple[str, int, int]]:
    """Every node of a tree, in order, with its place."""
    found, waiting = [], [tree._tree.root_node]  # type: ignore[attr-defined]
    while waiting:
        node = waiting.pop()
        found.append((node.type, node.start_byte, node.end_byte, node.start_point, node.end_point))
        waiting += reversed(node.children)
    return found


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.one_of(TEXTS, CODE_TEXTS), st.lists(edits(), min_size=1, max_size=6), st.sampled_from(list(CODECS)))
def test_a_document_is_the_text_of_the_editor(start: str, changes: list[Edit], unit: ColumnUnit) -> None:
    state, document = opened(start)
    text: str | None = whole(start)
    for edit in changes:
        take(state, edit, unit)
        text = after(text, edit, unit)
        assert document.unknown == (text is None)
        if text is not None:
            check_follows(document, text, is_looked_at=edit.is_looked_at)


def test_a_change_to_an_older_text_makes_the_text_unknown_until_all_of_it_comes() -> None:
    said: list[str] = []
    state = ServerState(Settings(), AccountCaches({}), say=said.append)
    state.open(URI, None, "ab", 1)
    document = state.documents[URI]
    state.change(URI, [lambda _: TextEdit(TextRange(Offset(2), Offset(2)), "d")], 3)
    state.change(URI, [lambda _: TextEdit(TextRange(Offset(2), Offset(2)), "c")], 2)
    state.change(URI, [lambda _: "stale"], 2)
    state.change(URI, [lambda _: TextEdit(TextRange(Offset(3), Offset(3)), "e")], 4)
    assert document.unknown
    [sentence] = said
    assert sentence.endswith("Close the file and open it again.")
    state.change(URI, [lambda _: "abcde"], 5)
    assert (document.unknown, document.text) == (False, "abcde")


STRINGS = [
    'x = "‸"\n',
    "f('‸', b'')\n",
    'f"a‸{x}b‸"\n',
    "r'‸'\n",
    '"""\n‸\n"""\n',
    "pd.inputs['a']['‸']\n",
    "b'‸'\n",
    'f"{x:‸}"\n',
]
TYPED_IN_STRINGS = st.sampled_from([*"a_1 $.-éx{}N", "😀", "\\", "'", '"', "\n", "key", ""])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(STRINGS), min_size=1, max_size=3).map("".join),
    st.sampled_from(["", "\\", "\\x4", "\\N", "{", "k", "ke"]),
    st.data(),
)
def test_a_tree_follows_while_a_string_is_typed(start: str, holds: str, data: st.DataObject) -> None:
    text = start.replace("‸", holds, 1).replace("‸", "word")
    first, last = start.index("‸"), start.index("‸") + len(holds)
    _, document = opened(text)
    document.tree.root  # noqa: B018 - somebody asks for it
    for _ in range(data.draw(st.integers(1, 5))):
        begin = data.draw(st.integers(first, last))
        end = data.draw(st.one_of(st.just(begin), st.integers(begin, last)))
        new = data.draw(TYPED_IN_STRINGS)
        document.edit(TextEdit(TextRange(Offset(begin), Offset(end)), new), 2)
        text, last = text[:begin] + new + text[end:], last + len(new) - (end - begin)
        check_follows(document, text)
