"""Whether a step's text tells everything that it gives on."""

import pytest

from pd_lsp.syntax.all_outputs import tells_all_outputs
from pd_lsp.syntax.tree import parse

HANDLER = "def handler(pd):\n    "


@pytest.mark.parametrize(
    "text",
    [
        HANDLER + "return {'a': 1}\n",
        HANDLER + "print(1)\n",
        HANDLER + "pd.export('a', 1)\n    pd.export('b', 2)\n",
        HANDLER + "return fetch(url)\n",
        HANDLER + "return helper(pd)\n\ndef helper(pd):\n    pd.export('a', 1)\n",
        "class A:\n    def __init__(self, pd):\n        self.pd = pd\n\n" + HANDLER + "A(pd)\n",
        "def handler(pdm: 'pipedream'):\n    pdm.export('a', 1)\n",
        HANDLER + "token = pd.inputs['a']['$auth']['k']\n    return token\n",
    ],
)
def test_a_text_that_exports_under_literal_names_does(text: str) -> None:
    assert tells_all_outputs(parse(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "print(1)\n",
        HANDLER + "pd.export(name, 1)\n",
        HANDLER + "pd.export(f'{x}', 1)\n",
        HANDLER + "for k in x:\n        pd.export(k, 1)\n",
        HANDLER + "export = pd.export\n    export('a', 1)\n",
        HANDLER + "use(pd.export)\n",
        HANDLER + "publish(pd)\n",
        HANDLER + "publish(context=pd)\n",
        HANDLER + "helpers.publish(pd)\n",
        HANDLER + "return [pd]\n",
        HANDLER + "getattr(pd, 'export')('a', 1)\n",
        HANDLER + "yield 1\n",
        HANDLER + "return (\n",
        HANDLER + "return 1\n" + HANDLER + "return 2\n",
        "class A:\n    def __init__(self, pd):\n        self.context = pd\n        self.context.export('a', 1)\n"
        + HANDLER
        + "A(pd)\n",
    ],
)
def test_a_text_that_may_give_on_something_else_does_not(text: str) -> None:
    assert not tells_all_outputs(parse(text))
