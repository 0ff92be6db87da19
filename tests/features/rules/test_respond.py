"""`pd.respond`: its shape, its order."""

import pytest

from pd_lsp.features.diagnostics import diagnose
from tests.checks import HEADER, check_diagnostics, check_fixed
from tests.samples import snapshot

ANSWER = '{"status": 200, "body": "ok"}'


@pytest.mark.parametrize(
    ("argument", "place"),
    [
        ("'ok'", "'ok'"),
        ("f'{name} is here'", "f'{name} is here'"),
        ("[1]", "[1]"),
        ("200", "200"),
        ("", "pd.respond()"),
        ("status=200, body='ok'", "pd.respond(status=200, body='ok')"),
        ("200, 'ok'", "pd.respond(200, 'ok')"),
        ('{"status": "200", "body": 1}', '"200"'),
        ('{"status": None, "body": 1}', "None"),
        ('{"status": 200, "headers": "text/html", "body": 1}', '"text/html"'),
        ('{"status": 200, "headers": [("a", "b")], "body": 1}', '[("a", "b")]'),
        ('{"status": 200, "body": {1, 2}}', "{1, 2}"),
        ('{"status": 200, "body": b"ok"}', 'b"ok"'),
        ('{"status": 200, "body": {"f": lambda: 1}}', "lambda: 1"),
    ],
)
def test_what_can_not_be_sent_is_found(argument: str, place: str) -> None:
    check_diagnostics(HEADER + f"pd.respond({argument})\n", [("respond-shape", place)])


@pytest.mark.parametrize(
    "argument",
    [
        "answer",
        "make_answer()",
        "*arguments",
        "**arguments",
        "{**answer, 'headers': headers}",
        "pd.steps['make']['$return_value']",
        '{"status": code, "body": body, "headers": headers}',
        '{"status": int("200"), "body": json.dumps([1])}',
        '{"status": 200 if ok else 400, "body": (1, 2)}',
        '{"status": 200, "body": "ok", "headers": None}',
        '{"status": True, "body": "ok"}',
        '{"status": 204}',
        '{"status": 301, "headers": {"Location": "/"}}',
        '{"status": code, "headers": {}}',
        '{name: 200, "body": 1}',
        '{"immediate": True, "status": 200, "body": "ok"}',
    ],
)
def test_what_may_be_sent_is_left_alone(argument: str) -> None:
    check_diagnostics(HEADER + f"pd.respond({argument})\n", [])


def test_a_dict_that_is_filled_later_is_left_alone() -> None:
    check_diagnostics(HEADER + 'a = {}\n    a["status"] = 200\n    a["body"] = "x"\n    pd.respond(a)\n', [])


def test_a_name_that_holds_a_text_is_no_dict() -> None:
    check_diagnostics(HEADER + "text = 'ok'\n    pd.respond(text)\n", [("respond-shape", "text")])


def test_a_text_is_sent_as_the_body() -> None:
    check_fixed(
        HEADER + "pd.respond('ok')\n", "Send it as the body", HEADER + """pd.respond({"status": 200, "body": 'ok'})\n"""
    )


def test_a_status_in_quotes_loses_them() -> None:
    line = 'pd.respond({{"status": {}, "body": ""}})\n'
    check_fixed(HEADER + line.format("'404'"), "Change to 404", HEADER + line.format("404"))


@pytest.mark.parametrize("answer", ['{"body": "ok"}', '{"status": 200}', '{"status": 404, "headers": {}}', "{}"])
def test_an_answer_that_lacks_a_part_is_pointed_out(answer: str) -> None:
    check_diagnostics(HEADER + f"pd.respond({answer})\n", [("respond-incomplete", answer)])


@pytest.mark.parametrize(
    "body",
    [
        f"pd.flow.delay(1)\n    pd.respond({ANSWER})",
        f"links = pd.flow.delay(1)\n    if links:\n        pd.respond({ANSWER})",
        f"if 1:\n        pd.flow.delay(1)\n        for x in y:\n            pd.respond({ANSWER})",
    ],
)
def test_an_answer_after_a_delay_comes_too_late(body: str) -> None:
    check_diagnostics(HEADER + body + "\n", [("respond-after-delay", f"pd.respond({ANSWER})")])


@pytest.mark.parametrize(
    "body",
    [
        f"pd.respond({ANSWER})\n    pd.flow.delay(1)",
        f"if 1:\n        pd.flow.delay(1)\n    pd.respond({ANSWER})",
        f"if 1:\n        pd.flow.delay(1)\n    else:\n        pd.respond({ANSWER})",
        f"x and pd.flow.delay(1)\n    pd.respond({ANSWER})",
        f"def later():\n        pd.flow.delay(1)\n    pd.respond({ANSWER})",
        f"pd.flow.delay(1)\n    def later():\n        pd.respond({ANSWER})",
        f"pd.flow.suspend(1)\n    pd.respond({ANSWER})",
        f"other.flow.delay(1)\n    pd.respond({ANSWER})",
    ],
)
def test_an_answer_that_may_come_in_time_is_left_alone(body: str) -> None:
    check_diagnostics(HEADER + body + "\n", [])


def test_of_two_answers_in_a_row_the_first_is_pointed_out() -> None:
    other = '{"status": 201, "body": "no"}'
    text = HEADER + f"pd.respond({ANSWER})\n    # and\n    x = 1\n    pd.respond({other})\n"
    check_diagnostics(text, [("respond-twice", f"pd.respond({ANSWER})")])


@pytest.mark.parametrize(
    "between",
    [
        "return",
        "if x:\n        return",
        "try:\n        go()\n    except E:\n        return",
        "for x in y:\n        break",
    ],
)
def test_two_answers_with_a_way_out_between_them_are_left_alone(between: str) -> None:
    check_diagnostics(HEADER + f"pd.respond({ANSWER})\n    {between}\n    pd.respond({ANSWER})\n", [])


def test_an_answer_at_once_and_one_later_are_left_alone() -> None:
    at_once = '{"immediate": True, "status": 202, "body": ""}'
    check_diagnostics(HEADER + f"pd.respond({at_once})\n    pd.respond({ANSWER})\n", [])


def test_a_status_by_name_is_left_to_the_person() -> None:
    text = HEADER + "code = '404'\n    pd.respond({'status': code, 'body': ''})\n"
    check_diagnostics(text, [("respond-shape", "code")])
    assert [fix.title for found in diagnose(snapshot(text)) for fix in found.finding.fixes] == []


def test_answers_in_branches_are_left_alone() -> None:
    text = HEADER + f"if a:\n        pd.respond({ANSWER})\n    else:\n        pd.respond({ANSWER})\n"
    check_diagnostics(text, [])
