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
    shape = returned('return {**more, key: 1, "a": 1, "b": {"c": "x"}, "d": [{"e": True}]}')
    assert shape.kind == "object"
    assert list(shape.keys) == ["a", "b", "d"]
    assert (shape.keys["a"].kind, shape.keys["b"].keys["c"].kind) == ("number", "text")
    assert shape.at(["d", "0", "e"]) == Shape(frozenset({"true or false"}))


def test_a_name_that_was_given_a_dictionary_is_followed() -> None:
    assert list(returned('found = {"a": 1}\nreturn found').keys) == ["a"]


@pytest.mark.parametrize(
    "body",
    [
        'found = {"a": "x"}\nfound = post(found).json()\nreturn found',
        'found = {"a": "x"}\nfor found in rows:\n    pass\nreturn found',
        'found = {"a": "x"}\nwith opened() as found:\n    return found',
        'found = {"a": "x"}\nfound, more = split(found)\nreturn found',
        'def inner():\n    found = {"a": "x"}\nfound = inner()\nreturn found',
    ],
)
def test_a_name_that_is_given_something_else_later_is_not_the_dictionary(body: str) -> None:
    assert returned(body) == Shape()


def test_a_name_that_may_be_something_else_has_keys_and_no_kind() -> None:
    shape = returned('found = {"a": "x"}\nif no:\n    found = None\nreturn found')
    assert (shape.kind, list(shape.keys)) == ("", ["a"])


def test_a_name_that_is_given_several_dictionaries_may_be_each() -> None:
    shape = returned('if yes:\n    found = {"a": 1, "b": "x"}\nelse:\n    found = {"b": load()}\nreturn found')
    assert (shape.kind, list(shape.keys), shape.keys["b"].kind) == ("object", ["a", "b"], "")


def test_what_is_put_into_a_dictionary_counts() -> None:
    shape = returned(
        'found = {"a": "x", "b": {"c": "x"}}\nfound["a"] = 1\nfound["b"]["c"] = 1\nfound["d"] = 1\nreturn found'
    )
    assert list(shape.keys) == ["a", "b", "d"]
    assert (shape.keys["a"].kind, shape.keys["b"].kind, shape.keys["b"].keys["c"].kind) == ("", "object", "")


@pytest.mark.parametrize("change", ["found.update(more)", "found[name] = 1", 'found[name]["b"] = 1'])
def test_what_anything_may_be_put_into_holds_values_of_any_kind(change: str) -> None:
    shape = returned(f'found = {{"a": "x"}}\n{change}\nreturn found')
    assert (shape.kind, shape.keys["a"].kind) == ("object", "")


def test_a_dictionary_that_very_much_is_put_into_is_not_read_to_its_end() -> None:
    shape = returned("\n".join(['found = {"a": "x"}', *(f'found["k{n}"] = {n}' for n in range(300)), "return found"]))
    assert (shape.kind, shape.keys["a"].kind, "k1" in shape.keys, "k299" in shape.keys) == ("object", "", True, False)


def test_what_follows_a_key_may_hold_it_anew() -> None:
    assert returned('return {"a": "x", **more}').keys["a"].kind == ""


def test_items_of_which_one_is_not_known_are_of_any_kind() -> None:
    shape = returned('return ["x", load()]')
    assert shape.items == Shape()


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
