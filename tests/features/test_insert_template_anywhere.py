"""Inserting into whatever people write: shapes of steps as the survey found them, a caret anywhere, and broken text."""

import ast
import textwrap
from collections import Counter
from importlib import resources

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from pd_lsp.features.code_actions.insert_template import insert_template
from pd_lsp.model import AppSlug, Template
from pd_lsp.templates import templates_for
from pd_lsp.text import Offset, TextEdit, apply_edits

ON_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
HEADS = (
    "",
    "#!/usr/bin/env python3\n",
    "# -*- coding: utf-8 -*-\n",
    "# pipedream add-package zoo\n# pipedream add-package acme==1.0\n",
    "# what this step does\n\n",
    "# about what follows\n",
    '"""What this step does."""\n',
    '"""What this step does,\n\nat length.\n"""\nfrom __future__ import annotations\n',
    "\n\n",
)
IMPORTS = (
    "import requests\n",
    "import requests as web\n",
    "import os, json\n",
    "import os; import sys\n",
    "import pandas as pd\n",
    "from slack_sdk import WebClient\n",
    "from slack_sdk import WebClient as Client\n",
    "from slack_sdk import (\n    web,  # half\n    webhook,\n)\n",
    "from slack_sdk import *\n",
    "from a import \\\n    b\n",
    "import urllib.request\n",
    "try:\n    import requests\nexcept ImportError:\n    requests = None\n",
    "# only here\n",
    "\n",
)
MODULE = (
    "LIMIT = 3\n",
    "requests = 1\n",
    "def helper(pd):\n    return pd.inputs\n",
    "class Thing:\n    def __init__(self, pd):\n        self.pd = pd\n",
    "TEXT = '''\ndef handler(pd):\n    pass\n'''\n",
    "if __name__ == '__main__':\n    pass\n",
    "@decorated\nclass Other: pass\n",
    "# the end\n",
    "\n\n",
)
HEADERS = (
    'def handler(pd: "pipedream"):',
    "def handler(pdm: 'pipedream') -> dict:  # here",
    "async def handler(pd):",
    "def handler(pd=None, *, token=None):",
    "def handler(\n    pd,  # the platform\n):",
    "@decorated\ndef handler(pd):",
    "def handler():",
)
SIMPLE = (
    'token = pd.inputs["slack"]["$auth"]["oauth_access_token"]',
    'token = f\'{pd.inputs["slack"]["$auth"]["oauth_access_token"]}\'',
    'body = pd.steps["trigger"]["event"]["body"]',
    "pass",
    "...",
    "return",
    "return {\n  'a': 1,\n\n  'b': [2],\n}",
    "raise ValueError('no')",
    "x = 1; y = 2",
    "x = 1; return x",
    "text = '''one\n\n  two\n'''",
    "text = 'one' \\\n    'two'",
    "call(\n    first,  # 1\n\n)",
    '"""Said."""',
    "import requests",
    "from slack_sdk import WebClient",
    "requests = headers = 1",
    "response: dict = {}",
    "if token: return 1",
    "for thing in things: use(thing)",
    "global state",
    "emoji = '🙂'",
    "# said",
    "",
    "    ",
    "del x",
    "def inner():\n    return token",
    "class Inner:\n\n    auth = 1",
    "@decorated\nasync def inner(): pass",
    "with open(name) as auth: pass",
    "print(lambda: {1: 2}[1:2])",
)
COMPOUND = (
    ("if token:",),
    ("if token:", "else:"),
    ("if token:", "elif x:  # so", "else:"),
    ("for auth in {1: 2}:", "else:"),
    ("while True:",),
    ("with open(\n    name\n) as file:",),
    ("try:", "except (KeyError, ValueError) as error:", "else:", "finally:"),
    ("try:", "except ValueError:"),
    ("async with a as b:",),
)


def indented(text: str, indent: str) -> str:
    """`text` one step deeper, strings over several lines included: they are code all the same."""
    return textwrap.indent(text, indent, lambda line: bool(line.strip()))


@st.composite
def blocks(draw: st.DrawFn, indent: str, depth: int = 0) -> str:
    """Statements, not indented."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["simple", "simple", "simple", "compound", "match"])) if depth < 2 else "simple"
        if kind == "simple":
            parts.append(draw(st.sampled_from(SIMPLE)))
        elif kind == "compound":
            clauses = draw(st.sampled_from(COMPOUND))
            parts += [f"{clause}\n{indented(draw(blocks(indent, depth + 1)), indent)}" for clause in clauses]
        else:
            cases = [
                f"case {pattern}:\n{indented(draw(blocks(indent, depth + 2)), indent)}"
                for pattern in ("1", "{'a': b}", "_")
            ]
            parts.append("match x:\n" + indented("\n".join(cases), indent))
    text = "\n".join(parts)
    return text if any(part.strip() and not part.startswith("#") for part in parts) else text + "\nx = 1"


@st.composite
def steps(draw: st.DrawFn) -> str:
    """A step that parses."""
    indent = draw(st.sampled_from(["  ", "    ", "\t"]))
    imports = draw(st.lists(st.sampled_from(IMPORTS), max_size=4, unique=True))
    above, below = (
        draw(st.lists(st.sampled_from(MODULE), max_size=2)),
        draw(st.lists(st.sampled_from(MODULE), max_size=2)),
    )
    handlers = [
        draw(
            st.sampled_from(
                [f"{header}\n{indented(draw(blocks(indent)), indent)}\n", f"{header} return 1\n", f"{header} pass\n"]
            )
        )
        for header in draw(st.lists(st.sampled_from(HEADERS), max_size=2))
    ]
    text = draw(st.sampled_from(HEADS)) + "".join([*imports, *above, *handlers, *below])
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


HAND_MADE = [folder.name for folder in (resources.files("pd_lsp.templates") / "apps").iterdir()]
TEMPLATES = [
    *(
        template
        for slug in sorted({*HAND_MADE, "trello", "acuity_scheduling"})
        for template in templates_for(AppSlug(slug))
    ),
    Template(
        AppSlug("acme"),
        "More imports than one",
        "# pipedream add-package acme\nimport os\nfrom slack_sdk import WebClient, webhook\n\n"
        "import requests as web\n\n\n"
        'def handler(pd: "pipedream"):\n    for token in pd.inputs["acme"]["$auth"]:\n        if token:\n'
        "            web.get(os.path.join(token), timeout=30)\n    return WebClient(token=webhook)\n",
        {"slack_sdk": "slack-sdk"},
    ),
]


def parses(text: str) -> bool:
    try:
        compile(text, "step", "exec", dont_inherit=True)
    except (SyntaxError, SyntaxWarning):
        return False
    return True


def statements(text: str) -> list[str]:
    """The simple statements of a text, in order, without placeholders and imports of single names, which may change."""
    kept = []
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.stmt)
            and not hasattr(node, "body")
            and not isinstance(node, (ast.Pass, ast.ImportFrom, ast.Match))
        ):
            dumped = ast.dump(node)
            if "Ellipsis" not in dumped:
                kept.append((node.lineno, node.col_offset, dumped))
    return [dumped for *_, dumped in sorted(kept)]


def is_within(some: list[str], more: list[str]) -> bool:
    """Whether `some` is left when things are taken out of `more`."""
    rest = iter(more)
    return all(any(one == other for other in rest) for one in some)


def imported(text: str) -> list[tuple[str, str, str | None]]:
    return [
        (getattr(node, "module", None) or "", alias.name, alias.asname)
        for node in ast.parse(text).body
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for alias in node.names
    ]


def check_edits(text: str, edits: tuple[TextEdit, ...]) -> None:
    last = 0
    for edit in edits:
        assert last <= edit.range.start <= edit.range.end <= len(text)
        last = edit.range.end
    places = [edit.range.start for edit in edits]
    assert len(set(places)) == len(places)


@ON_ANY_MACHINE
@given(steps().filter(parses), st.data(), st.sampled_from(TEMPLATES))
def test_a_step_keeps_all_its_code_and_parses(text: str, data: st.DataObject, template: Template) -> None:
    offset = Offset(data.draw(st.integers(0, len(text))))
    edits = insert_template(text, offset, template, prop="prop_1")
    assert edits is not None
    check_edits(text, edits)
    result = apply_edits(text, list(edits))
    assert parses(result), result
    assert is_within(statements(text), statements(result)), result
    assert 'inputs["prop_1"]' in result.replace("'", '"')
    if "\r\n" in text:
        assert "\n" not in result.replace("\r\n", "")
    event(f"{len(edits)} edits")


@ON_ANY_MACHINE
@given(steps().filter(parses), st.data(), st.sampled_from(TEMPLATES))
def test_a_template_that_is_inserted_twice_doubles_no_import(
    text: str, data: st.DataObject, template: Template
) -> None:
    once = inserted_anywhere(text, data, template)
    twice = inserted_anywhere(once, data, template)
    asked = Counter(line for line in twice.splitlines() if line.startswith("# pipedream add-package"))
    assert max(asked.values(), default=0) <= 1, twice
    new = [name for name in imported(twice) if name not in imported(text)]
    assert len(set(new)) == len(new), twice


def inserted_anywhere(text: str, data: st.DataObject, template: Template) -> str:
    edits = insert_template(text, Offset(data.draw(st.integers(0, len(text)))), template)
    assert edits is not None
    return apply_edits(text, list(edits))


LINE_ENDS = ("\n", "\r", "\r\n", "    ", "\t", "\x0c")
QUOTES = ('"', "'", '"""', "f'{", "(", ":")
PIECES = (*LINE_ENDS, *QUOTES, "\x00", "\ud800", "\ufeff", "def handler(", "case", "else:")
BROKEN = st.lists(st.sampled_from([*HEADS, *IMPORTS, *HEADERS, *SIMPLE, *PIECES]), max_size=12).map("".join)


@ON_ANY_MACHINE
@given(BROKEN, st.data(), st.sampled_from(TEMPLATES))
def test_nothing_that_is_typed_makes_it_fail(text: str, data: st.DataObject, template: Template) -> None:
    offset = Offset(data.draw(st.integers(0, len(text))))
    edits = insert_template(text, offset, template)
    event("left alone" if edits is None else "inserted")
    if edits is not None:
        check_edits(text, edits)
        result = apply_edits(text, list(edits))
        if "\x00" not in text and "\ud800" not in text and parses(text):
            assert parses(result), result
