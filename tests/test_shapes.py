"""What values look like, without the values."""

from pd_lsp.shapes import Shape, merged, shape_of


def test_a_value_tells_its_keys_and_kinds() -> None:
    shape = shape_of({"a": 1, "b": [{"c": None}, {"d": "x"}], "e": True})
    assert shape.kind == "object"
    assert [shape.keys[key].kind for key in ("a", "b", "e")] == ["number", "list", "true or false"]
    assert shape.at(["b", "0"]) == shape.at(["b", "-1"])
    assert sorted(shape.at(["b", "0"]).keys) == ["c", "d"]


def test_nothing_is_known_below_what_is_no_object() -> None:
    assert shape_of("text").at(["a"]) is None
    assert shape_of({"a": 1}).at(["a", "b", "c"]) is None


def test_of_two_shapes_either_can_be() -> None:
    both = merged([shape_of({"body": {"a": 1}}), shape_of({"body": "raw"})])
    assert both
    assert both.keys["body"].kind == "object or text"
    assert list(both.keys["body"].keys) == ["a"]
    assert merged([]) is None


def test_no_value_is_kept() -> None:
    assert "made-up" not in repr(shape_of({"token": "made-up-secret", "list": ["made-up"]}))


def test_what_is_very_deep_or_wide_is_cut() -> None:
    deep: object = 1
    for _ in range(500):
        deep = {"a": deep}
    shape: Shape | None = shape_of(deep)
    assert shape.at(["a"] * 12) == Shape(frozenset({"object"}))
    assert len(shape_of({str(number): number for number in range(10_000)}).keys) == 500
