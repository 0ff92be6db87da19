"""Choosing a key wherever it is missing: a finished line is made first, then a key, or a part of it, is cut out."""

from dataclasses import dataclass

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pd_lsp.features.completion import complete
from pd_lsp.text import Offset, apply_edits
from tests import samples
from tests.checks import HEADER

ON_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
AROUND = (
    ("x = ", ""),
    ("x = ", ' + "b"'),
    ("x = ", ' or "none"'),
    ("x = ", " + 1"),
    ("x = ", ".lower()"),
    ("x = ", '  # it\'s "odd"'),
    ("x = ", '; y = d["z"]'),
    ("f(", ")"),
    ("f(", ', "x")'),
    ("f(", ", 'x', d['y'])"),
    ("f(url, token=", ", timeout=3)"),
    ("f(d[", '], g("x"))'),
    ("x = [", ', "b"]'),
    ("x = [", " for x in y]"),
    ('x = {"a": ', ', "b": [1]}'),
    ("if ", ":"),
    ("return (", ")"),
    ('note = "é😀"; x = ', ""),
)
HOLES = (("", ""), ("Bearer ", ""), ("", " of {other}"), ("{{", "}}"), ("é {x} ", "/{d[0]}!"))
ROOTS = (
    ("", "pd.inputs", 0),
    ("i = pd.inputs\n    ", "i", 0),
    ("p = pd\n    ", "p.inputs", 0),
    ("a: dict = pd.inputs['slack']\n    ", "a", 1),
    ('a, b = pd.inputs["slack"], pd.inputs["github"]\n    ', "a", 1),
    ("if app := pd.inputs.get('slack'):\n        ", "app", 1),
    ("with pd.inputs['slack'] as app:\n        ", "app", 1),
    ("for app in (pd.inputs['slack'], None):\n        ", "app", 1),
    ("all = {'s': pd.inputs['slack']}\n    ", "all['s']", 1),
    ('KEY = "slack"\n    ', "pd.inputs[KEY]", 1),
    ("app = lambda name: pd.inputs[name]\n    ", "app('slack')", 1),
    ('def auth_of(p):\n        return p.inputs["slack"]["$auth"]\n    ', "auth_of(pd)", 2),
    ("def tell(auth=pd.inputs['slack']['$auth']):\n        ", "auth", 2),
    ("auth = None if other else pd.inputs['slack']['$auth']\n    ", "auth", 2),
    ("def show(auth):\n        ", "auth", 2),
    ("def show(\n        auth,\n    ):\n        ", "auth", 2),
    (
        "class Api:\n        def __init__(self, p):\n            self.p = p\n        def go(self):\n            ",
        "self.p",
        1,
    ),
    ("def slack():\n        ", "app()", 1),
)
"""What stands above a line, the name that it begins with, and how many keys that stands for."""
BELOW = """
    show(pd.inputs['slack']['$auth'])
    Api(pd.inputs['slack']).go()
    app = lambda: pd.inputs['slack']
    return 1
"""
"""What stands below it, and decides what some of the names are."""
F_STRINGS = ("f'", 'f"', "rf'", 'F"', 'f"""', "f'''")
OTHER_TEXTS = ("", "oau", "a b", "a/b", "😀", "(", "oauth access", "]", "it is, no")


@dataclass(frozen=True)
class Line:
    """A finished line with a key in it."""

    before: str
    opening: str
    """The bracket before the key's quote."""
    quote: str
    key: str
    closing: str
    """The bracket behind the key's quote, or the comma before a default."""
    after: str

    @property
    def finished(self) -> str:
        quoted = f"{self.quote}{self.key}{self.quote}"
        return f"{self.before}{self.opening}{quoted}{self.closing}{self.after}"


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """A line in which a key of `pd.inputs` or of a name for it stands, by itself, in other code, or in an f-string."""
    above, root, known = draw(st.sampled_from(ROOTS))
    keys = ("slack", "$auth", "oauth_uid")[known : draw(st.integers(known + 1, 3))]
    at = draw(st.integers(0, len(keys) - 1))
    quotes = [draw(st.sampled_from(['"', "'"])) for _ in keys]
    brackets = [draw(st.sampled_from([("[", "]"), ("[", "]"), (".get(", ")"), (".get(", ", {})")])) for _ in keys]
    links = [
        f"{opening}{quote}{key}{quote}{closing}"
        for (opening, closing), quote, key in zip(brackets, quotes, keys, strict=True)
    ]
    before, after = root + "".join(links[:at]), "".join(links[at + 1 :])
    if at and draw(st.booleans()):
        before = f"({before} or {{}})"
    if draw(st.booleans()):
        start = draw(st.sampled_from(F_STRINGS))
        left, right = draw(st.sampled_from(HOLES))
        before, after = f"{start}{left}{{{before}", f"{after}}}{right}{start.lstrip('frF')}"
    left, right = draw(st.sampled_from(AROUND))
    return Line(above + left + before, brackets[at][0], quotes[at], keys[at], brackets[at][1], after + right)


@st.composite
def typed_keys(draw: st.DrawFn, line: Line) -> tuple[str, str]:
    """What stands of a key before the caret, and behind it."""
    if draw(st.booleans()):
        start = draw(st.integers(0, len(line.key)))
        return line.key[:start], line.key[draw(st.integers(start, len(line.key))) :]
    return draw(st.sampled_from([*OTHER_TEXTS, f"a\\{line.quote}"])), draw(st.sampled_from(["", "x", " y"]))


def check_restored(line: Line, before: str, after: str) -> None:
    """Choosing the key between `before` and `after` gives the finished line."""
    text, offset = HEADER + before + after + BELOW, Offset(len(HEADER + before))
    edits = {completion.label: completion.edit for completion in complete(samples.snapshot(text), offset)}
    edit = edits[line.key]
    assert edit.range.start <= offset <= edit.range.end
    result = apply_edits(text, [edit]).removeprefix(HEADER).removesuffix(BELOW)
    assert result == line.finished, before + "|" + after


def is_closed_by_another(line: Line) -> bool:
    """Whether what comes behind the key's bracket looks like that bracket, were it missing."""
    return line.after.lstrip().startswith((line.closing[-1], "," if line.opening == ".get(" else "\0"))


@ON_ANY_MACHINE
@given(lines(), st.data())
def test_a_key_in_a_finished_string_takes_the_place_of_what_it_says(line: Line, data: st.DataObject) -> None:
    typed, rest = data.draw(typed_keys(line))
    start = f"{line.before}{line.opening}{line.quote}{typed}"
    check_restored(line, start, f"{rest}{line.quote}{line.closing}{line.after}")


@ON_ANY_MACHINE
@given(lines(), st.data())
def test_a_bracket_that_is_missing_behind_a_finished_string_is_written(line: Line, data: st.DataObject) -> None:
    assume(len(line.closing) == 1 and not is_closed_by_another(line))
    typed, rest = data.draw(typed_keys(line))
    check_restored(line, f"{line.before}{line.opening}{line.quote}{typed}", f"{rest}{line.quote}{line.after}")


@ON_ANY_MACHINE
@given(lines(), st.data(), st.booleans())
def test_a_string_that_is_half_typed_swallows_nothing_further_on(
    line: Line, data: st.DataObject, has_bracket: bool
) -> None:
    assume(has_bracket or (len(line.closing) == 1 and not is_closed_by_another(line)))
    typed = line.key[: data.draw(st.integers(0, len(line.key)))]
    behind = line.closing if has_bracket else ""
    check_restored(line, f"{line.before}{line.opening}{line.quote}{typed}", behind + line.after)


@ON_ANY_MACHINE
@given(lines(), st.sampled_from(["", "name", "x", "None"]), st.booleans())
def test_a_key_of_which_nothing_is_typed_brings_its_quotes(line: Line, word: str, has_bracket: bool) -> None:
    assume(has_bracket or (not word and len(line.closing) == 1 and not is_closed_by_another(line)))
    before, behind = line.before + line.opening, word + (line.closing if has_bracket else "") + line.after
    text = HEADER + before + behind + BELOW
    [edit] = [
        completion.edit
        for completion in complete(samples.snapshot(text), Offset(len(HEADER + before)))
        if completion.label == line.key
    ]
    check_restored(Line(**{**vars(line), "quote": edit.new_text[0]}), before, behind)


@ON_ANY_MACHINE
@given(lines(), st.data())
def test_a_literal_behind_the_caret_is_replaced(line: Line, data: st.DataObject) -> None:
    other = "".join(data.draw(typed_keys(line)))
    assume(other == line.key or line.quote != _outer_quote(line))
    literal = f"{line.quote}{other}{line.quote}"
    check_restored(line, line.before + line.opening, literal + line.closing + line.after)


def _outer_quote(line: Line) -> str:
    return next((start[-1] for start in F_STRINGS if start in line.before), "")
