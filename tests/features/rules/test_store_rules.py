"""Data stores: a missing key, a lost change, methods that are not there, and stores that are given on."""

import pytest

from tests import samples
from tests.checks import HEADER, check_fixed, check_rule

STORE = HEADER + "store = pd.inputs['data_store']\n    "


def caught(clause: str, body: str = "print(store['runs'])") -> str:
    return STORE + f"try:\n        {body}\n    except {clause}:\n        pass\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("KeyError", "TypeError"),
        ("KeyError as error", "TypeError as error"),
        ("(KeyError, IndexError)", "(TypeError, IndexError)"),
    ],
)
def test_a_missing_key_is_caught_as_what_it_raises(before: str, after: str) -> None:
    check_fixed(caught(before), "Catch TypeError", caught(after))


def test_both_are_caught_where_something_else_can_be_missing() -> None:
    body = "print(store['runs'], pd.steps['fetch']['x'])"
    check_fixed(caught("KeyError", body), "Catch TypeError", caught("(KeyError, TypeError)", body))


@pytest.mark.parametrize(
    "text",
    [
        caught("TypeError"),
        caught("(KeyError, TypeError)"),
        caught("Exception"),
        STORE + "try:\n        store['a']\n    except:\n        pass\n",
        STORE + "try:\n        store['a']\n    except KeyError:\n        pass\n    except TypeError:\n        pass\n",
        caught("KeyError", "print(store.get('runs'), data['x'])"),
        caught("KeyError", "store['runs'] = data['x']"),
        caught("KeyError", "if 'runs' in store:\n            print(store['runs'])"),
        caught("KeyError", "print(data['x'])") + "    print(store['runs'])\n",
        caught("KeyError", "print(other['runs'])"),
        STORE + "try:\n        pass\n    except KeyError:\n        print(store['runs'])\n",
        HEADER + "try:\n        pd.inputs['slack']['runs']\n    except KeyError:\n        pass\n",
    ],
)
def test_an_error_that_is_caught_rightly_is_left_alone(text: str) -> None:
    check_rule("store-key-error", text, [])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("store['a']['b'] = 1", "store['a']['b']"),
        ("store['a']['b'] += 1", "store['a']['b']"),
        ("store[key]['b']['c'] = 1", "store[key]['b']['c']"),
        ("del store['a']['b']", "store['a']['b']"),
        ("store['a'].append(1)", "store['a'].append(1)"),
        ("store['a']['list'].extend(more)", "store['a']['list'].extend(more)"),
        ("store.get('a', []).append(1)", "store.get('a', []).append(1)"),
        ("value = store['a']\n    value['b'] = 1", "value['b']"),
        ("value = store.get('a', {})\n    value.update(b=1)", "value.update(b=1)"),
    ],
)
def test_a_change_of_a_copy_is_found(body: str, found: str) -> None:
    check_rule("lost-store-change", STORE + body + "\n", [found])


@pytest.mark.parametrize(
    "body",
    [
        "store['a'] = 1",
        "store['a'] += 1",
        "del store['a']",
        "store['a'] = store['a'] + [1]",
        "value = store['a']\n    value['b'] = 1\n    store['a'] = value",
        "value = store.get('a', {})\n    value['b'] = 1\n    store.set('a', value)",
        "value = store.get('a', {})\n    value['b'] = 1\n    return value",
        "value = store['a']\n    value.append(1)\n    print(len(value))",
        "for one in two:\n        value = store['a']\n        value.append(1)",
        "value = store['a']\n    value = []\n    value.append(1)",
        "value = store['a']\n    value['b'] = 1\n    save(store)",
        "first = store['a'].pop()",
        "print(store['a'].index(1), store['a']['b'])",
        "store.update({'a': 1})",
        "other['a']['b'] = 1",
        "pd.inputs['slack']['a']['b'] = 1",
        "{**store['a'], 'b': 1}",
    ],
)
def test_a_change_that_is_kept_or_may_be_wanted_is_left_alone(body: str) -> None:
    check_rule("lost-store-change", STORE + body + "\n", [])


@pytest.mark.parametrize(
    "call", ["store.pop('a')", "store.update(a=1)", "store.values()", "len(store)", "store.setdefault('a', 1)"]
)
def test_a_method_that_data_stores_lack_is_found(call: str) -> None:
    check_rule("store-method", STORE + call + "\n", [call])


@pytest.mark.parametrize(
    "body",
    [
        "store.get('a')",
        "store.get('a', 1)",
        "store.set('a', 1, ttl=5)",
        "store.set_ttl('a', ttl=None)",
        "store.clear()",
        "for key in store.keys():\n        print(key)",
        "for key, value in store.items():\n        print(key, value)",
        "len(list(store.keys()))",
        "store['a'].pop('b')",
        "len(store['a'])",
        "data.pop('a')",
        "store.something()",
        "store.values",
    ],
)
def test_a_method_that_data_stores_have_is_left_alone(body: str) -> None:
    check_rule("store-method", STORE + body + "\n", [])


@pytest.mark.parametrize(
    ("line", "keys"),
    [("return {}", "store.keys()"), ("return {{'keys': [{}]}}", "store.keys()"), ("pd.export('keys', {})",
     "store.keys()")],
)  # fmt: skip
def test_a_stores_keys_become_a_list_before_they_are_given_on(line: str, keys: str) -> None:
    text = STORE + line + "\n"
    check_rule("store-given-on", text.format(keys), [keys])
    check_fixed(text.format(keys), "Make a list of it", text.format(f"list({keys})"))


def test_a_store_itself_can_not_be_given_on() -> None:
    check_rule("store-given-on", STORE + "return store\n", ["store"])
    check_rule("store-given-on", HEADER + "return pd.inputs['data_store']\n", ["pd.inputs['data_store']"])


@pytest.mark.parametrize(
    "body",
    [
        "return list(store.keys())",
        "return [key for key in store.keys()]",
        "return store.get('a')",
        "return store['a']",
        "return {key: value for key, value in store.items()}",
        "return 'a' in store",
        "return len(list(store.keys()))",
        "pd.export('a', store['a'])",
        "use(store)",
        "def inner():\n        return store\n    use(inner)",
        "keys = store.keys()\n    return sorted(keys)",
        "other.export('a', store)",
        "return read(store)",
    ],
)
def test_what_is_read_of_a_store_is_left_alone(body: str) -> None:
    check_rule("store-given-on", STORE + body + "\n", [])


def test_without_a_workflow_a_store_is_known_by_its_name_and_with_one_by_its_prop() -> None:
    for name, places in (("seen_store", ["len(x)"]), ("data_store_1", ["len(x)"]), ("cache", []), ("slack", [])):
        check_rule("store-method", HEADER + f"x = pd.inputs['{name}']\n    len(x)\n", places)
    text = HEADER + "len(pd.inputs['data_store']), len(pd.inputs['seen_store'])\n"
    check_rule("store-method", text, ["len(pd.inputs['data_store'])"], samples.in_workflow)
