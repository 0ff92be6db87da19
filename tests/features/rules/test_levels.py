import pytest

from pd_lsp.features.rule_levels import read_levels


def test_known_codes_and_levels_count() -> None:
    found = read_levels({"unknown-key": "off", "later-step": "hint"}, "x")
    assert (found.levels, found.problems) == ({"unknown-key": "off", "later-step": "hint"}, ())


def test_nothing_set_is_nothing_wrong() -> None:
    assert read_levels(None, "x").problems == ()
    assert read_levels({}, "x").problems == ()


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"unknown-kye": "off"}, "There is no rule 'unknown-kye', as x says. Did you mean unknown-key?"),
        ({"zzz": "off"}, "There is no rule 'zzz', as x says. `pd-lsp check --explain all` lists them."),
        ({7: "off"}, "There is no rule 7, as x says. `pd-lsp check --explain all` lists them."),
        ({"unknown-key": "loud"}, "x sets unknown-key to 'loud': write one of error, warning, information, hint, off."),
        ({"later-step": ["x"]}, "x sets later-step to ['x']: write one of error, warning, information, hint, off."),
        ([], 'rules in x is no table: write {"unknown-key": "off"}.'),
        ("off", 'rules in x is no table: write {"unknown-key": "off"}.'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_sentence(setting: object, says: str) -> None:
    assert read_levels(setting, "x").problems == (says,)


def test_the_rest_counts() -> None:
    assert read_levels({"nope": "off", "unknown-key": "off"}, "x").levels == {"unknown-key": "off"}
