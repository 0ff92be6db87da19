import pytest

from pd_lsp.syntax.pd_reads import pd_reads
from pd_lsp.syntax.tree import parse

READS = [
    ('pd.inputs["slack"]["$auth"]["oauth_access_token"]', ("slack",), False),
    ('f\'Bearer {pd.inputs["slack"]["$auth"]["k"]}\'', ("slack",), False),
    ('pd.inputs.get("slack", {}).get("$auth")', ("slack",), False),
    ('"store" in pd.inputs', ("store",), False),
    ('inputs = pd.inputs\n    inputs["slack"]', ("slack",), False),
    ('inputs = pd.inputs\n    other["slack"]', (), False),
    ('self.pd.inputs["slack"]', ("slack",), False),
    ('pd.inputs["b"], pd.inputs["a"], pd.inputs["b"]', ("b", "a"), False),
    ("pd.inputs[name]", (), True),
    ("for key in pd.inputs: pass", (), True),
    ("pd.inputs.items()", (), True),
    ("safe_get(pd.inputs, ['slack'])", (), True),
    ("safe_get(inputs=pd.inputs)", (), True),
    ("inputs = pd.inputs\n    safe_get(inputs)", (), True),
    ('a = b = pd.inputs\n    a["slack"], b["github"]', ("slack", "github"), False),
    ('i: dict = pd.inputs\n    j = i\n    j["slack"]', ("slack",), False),
    ('(i := pd.inputs)["slack"]\n    i["github"]', ("github", "slack"), False),
    ('i = pd.inputs or {}\n    i.get("slack")', ("slack",), False),
    ('(pd.inputs or {}).get("slack")', ("slack",), False),
    ('self.inputs = pd.inputs\n    self.inputs["slack"]', ("slack",), True),
    ("a, b = pd.inputs, 1", (), True),
    ("d = {'i': pd.inputs}", (), True),
    ('KEY = "slack"\n    pd.inputs[KEY]', ("slack",), False),
    ('KEY = "slack"\n    pd.inputs.get(KEY, {})', ("slack",), False),
    ('KEY = "slack"\n    KEY = "github"\n    pd.inputs[KEY]', (), True),
    ('KEY = "slack" if x else "github"\n    pd.inputs[KEY]', (), True),
    ('for KEY in ("slack", "github"): pd.inputs[KEY]', (), True),
    ("helper(pd)", (), True),
    ("api.send(1, [{'pd': pd}])", (), True),
    ("run(helper, argument=pd)", (), True),
    ("p = pd\n    helper(p)", (), True),
    ("a, self.p = 1, pd\n    helper(self.p)", (), True),
    ("getattr(pd, 'inputs')['slack']", (), True),
    ("getattr(pd, name)", (), True),
    ("pd.__dict__['inputs']", (), True),
    ("getattr(pd, 'steps', {})", (), False),
    ("print(pd), hasattr(pd, 'inputs')", (), False),
    ("helper(pd.steps)", (), False),
    ("run(x, lambda: pd.steps)", (), False),
    ("def helper(p): return p.inputs['slack']\n    helper(pd)", ("slack",), False),
    ("def helper(p): return other(p)\n    helper(pd)", (), True),
    ("class Api:\n        def __init__(self, p): self.p = p\n    Api(pd)", (), False),
    ("class Api:\n        def __init__(self, p): other(p)\n    Api(pd)", (), True),
    ('"pd.inputs["', (), False),
    ("# pd.inputs", (), False),
    ("form(inputs=1)", (), False),
]


@pytest.mark.parametrize(("line", "names", "computed"), READS)
def test_the_inputs_that_a_step_reads_are_named(line: str, names: tuple[str, ...], computed: bool) -> None:
    reads = pd_reads(parse(f"def handler(pd):\n    {line}\n"))
    assert (reads.inputs, reads.computed) == (names, computed)


def test_a_name_in_a_helper_above_the_handler_is_read_too() -> None:
    text = 'def token(p):\n    return p.inputs["github"]["$auth"]["k"]\n\ndef handler(pd):\n    return token(pd)\n'
    assert pd_reads(parse(text)).inputs == ("github",)


def test_only_a_subscript_needs_its_name_to_be_there() -> None:
    reads = pd_reads(parse('a = pd.inputs["must"]\nb = pd.inputs.get("may")\nc = "might" in pd.inputs\n'))
    assert reads.inputs == ("must", "may", "might")
    assert reads.required == {"must"}
