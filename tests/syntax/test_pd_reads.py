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
