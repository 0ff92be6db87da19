"""What a step can read of earlier ones: too much may be found, never too little."""

import pytest

from pd_lsp.syntax.part_reads import reads_of_steps
from pd_lsp.syntax.tree import parse

TOKEN = ("first", "$return_value", "token")
COUNT = ("first", "count")

READS = [
    ('pd.steps["first"]["$return_value"]["token"]', True, False),
    ('pd.steps["first"]["$return_value"]["user"]', False, False),
    ('pd.steps["first"]["count"]', False, True),
    ('pd.steps["first"].get("count", 0)', False, True),
    ('pd.steps.get("first", {}).get("$return_value", {}).get("token")', True, False),
    ('pd.steps["second"]', False, False),
    ('pd.steps["first"]', True, True),
    ('print(pd.steps["first"])', True, True),
    ("print(pd.steps)", True, True),
    ("json.dumps(pd.steps)", True, True),
    ("for name in pd.steps: pass", True, True),
    ("pd.steps[name]", True, True),
    ('"first" in pd.steps', False, False),
    ('"token" in pd.steps["first"]["$return_value"]', True, False),
    ('first = pd.steps["first"]\n    first["count"]', False, True),
    ('first = pd.steps["first"]\n    print(first)', True, True),
    ('steps = pd.steps\n    a = b = steps["first"]\n    b["$return_value"]["token"]', True, False),
    ('returned = pd.steps["first"]["$return_value"]\n    def f(): return returned["token"]', True, False),
    ('x = pd.steps["first"]\n    x = x["$return_value"]\n    x["user"]', True, False),
    ('pd.steps["first"]["$return_value"]["token"]["a"][0]', True, False),
    ('if pd.steps["first"]["$return_value"]: pass', True, False),
    ('(pd.steps["first"] or {}).get("count")', False, True),
    ('(r := pd.steps["first"])["count"]', False, True),
    ('f\'{pd.steps["first"]["count"]}\'', False, True),
    ('load(pd.steps["first"]["$return_value"])', True, False),
    ('a, b = pd.steps["first"], 1', True, True),
    ('self.first = pd.steps["first"]', True, True),
    ('NAME = "first"\n    pd.steps[NAME]["count"]', False, True),
    ("helper(pd)", True, True),
    ("getattr(pd, 'steps')['first']", True, True),
    ("getattr(pd, 'inputs')['first']", False, False),
    ("pd.inputs['first']", False, False),
    ('"".join(pd.steps["first"]["count"])', False, True),
    ("# pd.steps", False, False),
]


@pytest.mark.parametrize(("line", "token", "count"), READS)
def test_nothing_that_a_step_might_read_of_an_earlier_one_is_missed(line: str, token: bool, count: bool) -> None:
    reads = reads_of_steps(parse(f"def handler(pd):\n    {line}\n"))
    assert (reads.may_reach(TOKEN), reads.may_reach(COUNT)) == (token, count)


def test_what_lies_below_the_keys_that_are_followed_counts_as_read() -> None:
    keys = [f"k{number}" for number in range(20)]
    line = "".join(f'["{key}"]' for key in keys)
    reads = reads_of_steps(parse(f"def handler(pd):\n    return pd.steps{line}\n"))
    assert reads.may_reach([*keys[:12], "other"])
    assert reads.may_reach(["k0"])
    assert not reads.may_reach(["k0", "other"])


def test_a_script_of_old_may_read_all_steps() -> None:
    reads = reads_of_steps(parse('from pipedream.script_helpers import steps\nprint(steps["first"]["count"])\n'))
    assert reads.may_reach(TOKEN)
