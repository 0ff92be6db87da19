"""What later steps can't get: `not-json`, and the arguments of `pd.export`."""

import pytest

from tests.checks import HEADER, check_diagnostics, check_fixed

IMPORTS = (
    "import base64\nimport datetime as dt\nimport uuid\nfrom datetime import date, datetime\n"
    "from decimal import Decimal\n\nimport requests\n\n\n"
)


@pytest.mark.parametrize(
    "value",
    [
        "{1, 2}",
        "{x for x in y}",
        "(x for x in y)",
        "set(rows)",
        "frozenset()",
        "b'abc'",
        'rb"abc"',
        "lambda: 1",
        "3j",
        "map(str, rows)",
        "filter(None, rows)",
        "zip(a, b)",
        "range(3)",
        "{'a': 1}.keys()",
        "dict(a=1).values()",
        "pd.steps['fetch']['$return_value'].items()",
        "datetime.now()",
        "dt.datetime.utcnow()",
        "date.today()",
        "Decimal('1.5')",
        "uuid.uuid4()",
        "base64.b64encode(raw)",
        "requests.get(url)",
        "requests.post(url, json={'a': 1}).content",
    ],
)
def test_a_value_that_is_certainly_no_json_is_found(value: str) -> None:
    check_diagnostics(IMPORTS + HEADER + f"return {value}\n", [("not-json", value)])
    check_diagnostics(IMPORTS + HEADER + f"return {{'a': [{value}]}}\n", [("not-json", value)])
    check_diagnostics(IMPORTS + HEADER + f"pd.export('a', {value})\n", [("not-json", value)])
    check_diagnostics(IMPORTS + HEADER + f"found = {value}\n    return found\n", [("not-json", "found")])


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("[1, {2}, (3, {4})]", ["{2}", "{4}"]),
        ("{(1, 2): 3, b'a': 4}", ["(1, 2)", "b'a'"]),
        ("{1} if x else None", ["{1}"]),
        ("[set(x) for x in y]", ["set(x)"]),
        ("1, {2}", ["{2}"]),
        ("({1})", ["{1}"]),
    ],
)
def test_it_is_found_inside_of_lists_and_dicts_and_as_a_key(value: str, found: list[str]) -> None:
    check_diagnostics(HEADER + f"return {value}\n", [("not-json", one) for one in found])


@pytest.mark.parametrize(
    "value",
    [
        "(1, 2), 3",
        "{'a': None, 1: 2, None: 3, True: 4}",
        "sorted({1, 2})",
        "list(map(str, rows))",
        "len({1})",
        "1 in {1}",
        "{**rows, 'a': 1}",
        "[*{1, 2}]",
        "json.dumps(x, default=str)",
        "datetime.now().isoformat()",
        "datetime.now() - start",
        "str(Decimal('1'))",
        "base64.b64encode(raw).decode()",
        "requests.get(url).json()",
        "requests.get(url).text",
        "session.get(url)",
        "client.get(url)",
        "rows.keys()",
        "sheet.values()",
        "redis.keys()",
        "range_of(3)",
        "self.map(x)",
        "x or {1}",
        "sorted(x) if isinstance(x, set) else x",
        "frame.items()",
        "open",
        "rows",
        "'a' 'b'",
    ],
)
def test_a_value_that_may_be_json_is_left_alone(value: str) -> None:
    check_diagnostics(IMPORTS + HEADER + f"return {value}\n", [])


@pytest.mark.parametrize(
    "body",
    [
        "found = set()\n    found = list(found)\n    return found",
        "found = set()\n    if x:\n        found = []\n    return found",
        "for found in rows:\n        pass\n    return found",
        "found = {1}\n    return sorted(found) if isinstance(found, set) else found",
        "for found in rows:\n        pass\n    found = {1}\n    return found",
        "found = [1]\n    if x:\n        found = {1}\n    return found",
        "if x:\n        return found\n    found = {1}",
        "found: list = []\n    return found",
        "a, b = {1}, {2}\n    return a",
        "def ids():\n        return {1, 2}\n    return list(ids())",
        "keys = lambda row: {row}\n    return [1]",
        "set = list\n    return set(rows)",
        "with requests.get(url) as found:\n        return found.json()",
        "try:\n        found = requests.get(url)\n    except E:\n        found = None\n    return found",
        "return",
    ],
)
def test_a_name_that_may_hold_something_else_is_left_alone(body: str) -> None:
    check_diagnostics(IMPORTS + HEADER + body + "\n", [])


def test_what_a_helper_returns_is_its_own_matter() -> None:
    check_diagnostics("def ids():\n    return {1, 2}\n\n\n" + HEADER + "return sorted(ids())\n", [])


def test_a_library_of_another_name_is_left_alone() -> None:
    text = "from mylib import datetime, requests\n\n\n" + HEADER + "return [datetime.now(), requests.get(url)]\n"
    check_diagnostics(text, [])


def test_two_imports_of_one_name_are_left_alone() -> None:
    text = "import datetime\nfrom datetime import datetime\n\n\n" + HEADER + "return datetime.now()\n"
    check_diagnostics(text, [])


@pytest.mark.parametrize(
    ("value", "title", "result"),
    [
        ("{1, 2}", "Change to list(…)", "list({1, 2})"),
        ("datetime.now()", "Change to ….isoformat()", "datetime.now().isoformat()"),
        ("Decimal('1')", "Change to str(…)", "str(Decimal('1'))"),
        ("base64.b64encode(raw)", "Change to ….decode()", "base64.b64encode(raw).decode()"),
        ("requests.get(url)", "Change to ….json()", "requests.get(url).json()"),
        ("{'a': 1}.keys()", "Change to list(…)", "list({'a': 1}.keys())"),
    ],
)
def test_the_fix_makes_json_of_it(value: str, title: str, result: str) -> None:
    check_fixed(IMPORTS + HEADER + f"return {value}\n", title, IMPORTS + HEADER + f"return {result}\n")


@pytest.mark.parametrize("call", ["pd.export('total')", "pd.export({'a': 1})", "pd.export()", "pd.export('a', 1, 2)"])
def test_an_export_takes_a_name_and_a_value(call: str) -> None:
    check_diagnostics(HEADER + call + "\n", [("export-arguments", call)])


@pytest.mark.parametrize(
    "call",
    [
        "pd.export('a', 1)",
        "pd.export(name='a', value=1)",
        "pd.export(*pair)",
        "pd.export(f'{a} total:', 1)",
        "frame.export('a')",
        "pd.export('a', 1, )",
    ],
)
def test_an_export_with_both_is_left_alone(call: str) -> None:
    check_diagnostics(HEADER + call + "\n", [])


def test_an_export_as_the_return_value_is_pointed_out() -> None:
    check_diagnostics(HEADER + "pd.export('$return_value', 1)\n", [("export-return-value", "'$return_value'")])
