"""What a text certainly does with `pd`, and where that is not certain."""

import pytest

from pd_lsp.syntax.pd_uses import pd_uses
from pd_lsp.syntax.tree import parse


def paths(body: str, header: str = "def handler(pd):\n    ") -> list[str]:
    """The longest paths that are read, with dots between their parts."""
    found = [".".join(use.path) for use in pd_uses(parse(header + body + "\n")) if use.read_by != "name"]
    return [path for path in dict.fromkeys(found) if not any(other.startswith(path + ".") for other in found)]


@pytest.mark.parametrize(
    ("body", "read"),
    [
        ('pd.inputs["a"]["$auth"]["k"]', ["inputs.a.$auth.k"]),
        ('f\'{pd.inputs["a"]["$auth"]["k"]}\'', ["inputs.a.$auth.k"]),
        ('pd.inputs.get("a", {}).get("$auth", {})["k"]', ["inputs.a.$auth.k"]),
        ('(pd.inputs)["a"]', ["inputs.a"]),
        ('auth = pd.inputs["a"]["$auth"]\n    auth["k"]', ["inputs.a.$auth.k"]),
        ('use(auth := pd.inputs["a"]["$auth"])\n    auth["k"]', ["inputs.a.$auth.k"]),
        ('inputs = pd.inputs\n    app = inputs["a"]\n    app["$auth"]', ["inputs.a.$auth"]),
        ('p = pd\n    p.steps["x"]', ["steps.x"]),
        ('def inner():\n        return pd.steps["x"]', ["steps.x"]),
        ('lambda: pd.steps["x"]', ["steps.x"]),
        ('[pd.steps["x"][k] for k in y]', ["steps.x"]),
        ("pd.flow.exit()", ["flow.exit"]),
        ("pd.flow.get('a')", ["flow.get"]),
        ("pd.steps.fetch.rows", ["steps.fetch"]),
        ("pd.inputs[name], pd.inputs['a', 'b'], pd.inputs[f'{x}']", ["inputs"]),
    ],
)
def test_what_is_read(body: str, read: list[str]) -> None:
    assert paths(body) == read


@pytest.mark.parametrize(
    "body",
    [
        'pd = other\n    pd.inputs["a"]',
        'for pd in frames:\n        pd.inputs["a"]',
        'import pandas as pd\n    pd.inputs["a"]',
        'with x as pd:\n        pd.inputs["a"]',
        'other.pd.inputs["a"]',
        "use(pd=1)",
        'lambda pd: pd.inputs["a"]',
    ],
)  # fmt: skip
def test_a_name_that_can_mean_another_thing_is_left_out(body: str) -> None:
    assert paths(body) == []


@pytest.mark.parametrize(
    "body",
    [
        'a = pd.inputs["a"]\n    a = 1\n    a["k"]',
        'a = pd.inputs["a"]\n    for a in b:\n        a["k"]',
        'if x:\n        a = pd.inputs["a"]\n    else:\n        a = {}\n    a["k"]',
        'a = pd.inputs["a"] or {}\n    a["k"]',
        'a = pd.inputs["a"]\n    lambda a: a["k"]',
        'a = pd.inputs["a"]\n    def inner(a):\n        return a["k"]',
        'a = use(pd.inputs["a"])\n    a["k"]',
        'global a\n    a = pd.inputs["a"]\n    a["k"]',
    ],
)
def test_a_name_that_is_given_several_meanings_is_not_followed(body: str) -> None:
    assert paths(body) == ["inputs.a"]


def test_helpers_and_methods_that_take_it_count_and_another_functions_names_do_not() -> None:
    text = (
        'class A:\n    def __init__(self, pd):\n        self.k = pd.inputs["a"]\n'
        'def one(pd):\n    x = pd.inputs["b"]\n'
        'def two(x):\n    return x["k"]\n'
        'def handler(pdm: "pipedream"):\n    return pdm.steps["c"]\n'
    )
    assert paths(text, header="") == ["inputs.a", "inputs.b", "steps.c"]


def test_a_helpers_parameter_does_not_count_where_the_module_has_that_name_too() -> None:
    text = 'import pandas as pd\ndef one(pd):\n    pd.inputs["a"]\ndef handler(pd):\n    pd.inputs["b"]\n'
    assert paths(text, header="") == ["inputs.b"]


def test_they_are_found_once_for_a_tree() -> None:
    tree = parse("def handler(pd):\n    pd.flow\n")
    assert pd_uses(tree) is pd_uses(tree)
