import pytest

from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.tree import parse


@pytest.mark.parametrize(
    ("header", "parameter", "is_async"),
    [
        ("def handler(pd):", "pd", False),
        ('def handler(pd: "pipedream"):', "pd", False),
        ("def handler(pdm: 'pipedream'):", "pdm", False),
        ('def handler(pd: "pipedream" = None):', "pd", False),
        ("def handler(pd=None):", "pd", False),
        ("def handler(pd, steps):", "pd", False),
        ('async def handler(pd: "pipedream") -> dict:', "pd", True),
        ("def handler():", None, False),
        ("def handler(*args):", None, False),
        ("@trace\ndef handler(pd):", "pd", False),
    ],
)
def test_a_handler_is_found_with_what_it_calls_pd(header: str, parameter: str | None, is_async: bool) -> None:
    [handler] = handlers(parse(f"import os\n\n{header}\n    return 1\n"))
    assert (handler.parameter, handler.is_async) == (parameter, is_async)


def test_all_handlers_are_found_in_the_order_of_the_text() -> None:
    found = handlers(parse("def handler(a):\n    pass\n\ndef handler(b):\n    pass\n"))
    assert [handler.parameter for handler in found] == ["a", "b"]


@pytest.mark.parametrize(
    "text", ["", "x = 1\n", "class A:\n    def handler(self):\n        pass\n", '"""\ndef handler(pd):\n"""\n']
)
def test_what_only_looks_like_a_handler_is_none(text: str) -> None:
    assert handlers(parse(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "def handler(pd",
        "def handler(pd):",
        "x = (\ndef handler(pd):\n    return 1\n",
        'def handler(pd):\n    x = pd.inputs["a\n    y = {\n',
        "import\n\ndef handler(pd):\n    return [1,\n",
    ],
)
def test_a_handler_is_found_in_broken_text(text: str) -> None:
    [handler] = handlers(parse(text))
    assert handler.parameter == "pd"


def test_a_handler_in_a_string_of_broken_text_is_none() -> None:
    assert handlers(parse('note = """\ndef handler(pd):\n"""\nx = (\n')) == ()
