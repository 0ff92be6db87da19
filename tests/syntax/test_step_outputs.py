"""What a step gives to later ones, as its text says."""

import pytest

from pd_lsp.shapes import Shape
from pd_lsp.syntax.step_outputs import step_outputs
from pd_lsp.syntax.tree import parse


def outputs(text: str) -> dict[str, Shape]:
    return {output.name: output.shape for output in step_outputs(parse(text))}


def returned(body: str) -> Shape:
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return outputs(f"def handler(pd):\n{lines}\n")["$return_value"]


def test_the_keys_of_a_returned_dictionary_are_known() -> None:
    shape = returned('return {"a": 1, "b": {"c": "x"}, "d": [{"e": True}], **more, key: 1}')
    assert shape.kind == "object"
    assert list(shape.keys) == ["a", "b", "d"]
    assert (shape.keys["a"].kind, shape.keys["b"].keys["c"].kind) == ("number", "text")
    assert shape.at(["d", "0", "e"]) == Shape(frozenset({"true or false"}))


def test_a_name_that_was_given_a_dictionary_is_followed() -> None:
    assert list(returned('found = {"a": 1}\nreturn found').keys) == ["a"]


def test_a_value_that_the_text_does_not_tell_is_returned_all_the_same() -> None:
    assert returned("return response.json()") == Shape()


def test_exports_count_in_helpers_too_and_need_not_be_identifiers() -> None:
    text = (
        'def tell(pdm):\n    pdm.export("sensitive result:", 1)\n\ndef handler(pdm):\n    pdm.export("b", {"c": 1})\n'
    )
    found = outputs(text)
    assert list(found) == ["sensitive result:", "b"]
    assert list(found["b"].keys) == ["c"]


@pytest.mark.parametrize(
    "text",
    [
        "def handler(pd):\n    return\n",
        "def handler(pd):\n    return pd.flow.exit('x')\n",
        "def handler(pd):\n    return pd.respond({'status': 200})\n",
        "def handler(pd):\n    def inner():\n        return {'a': 1}\n",
        "def other(pd):\n    return {'a': 1}\n",
        "def handler(pd):\n    other.export('a', 1)\n    pd.export(name, 1)\n",
        "",
    ],
)
def test_what_is_no_output_is_none(text: str) -> None:
    assert outputs(text) == {}


def test_of_two_handlers_the_one_that_runs_returns() -> None:
    text = "def handler(pd):\n    return {'a': 1}\n\ndef handler(pd):\n    return {'b': 1}\n"
    assert list(outputs(text)["$return_value"].keys) == ["b"]
