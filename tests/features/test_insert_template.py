import ast
import textwrap

import pytest

from pd_lsp.features.code_actions.insert_template import insert_template
from pd_lsp.model import AppSlug, Template
from pd_lsp.templates import templates_for
from pd_lsp.text import Offset, apply_edits
from tests.marker import marked

STEP = """
    import requests


    def handler(pd: "pipedream"):
        token = pd.inputs["acme"]["$auth"]["api_key"]
        if not token:
            raise ValueError("no key")
        response = requests.get("https://acme.example", headers={"Authorization": f"Bearer {token}"}, timeout=30)
        return response.json()
"""
WHOLE = textwrap.dedent(STEP).lstrip("\n")
CLIENT = """
    from acme_sdk import Client


    def handler(pd: "pipedream"):
        client = Client(key=pd.inputs["acme"]["$auth"]["api_key"])
        return [thing for thing in client.things()]
"""


def template(code: str = STEP, **packages: str) -> Template:
    return Template(AppSlug("acme"), "Get things", textwrap.dedent(code).lstrip("\n"), packages)


def inserted(
    text: str, code: str = STEP, *, prop: str | None = None, packages: dict[str, str] | None = None
) -> str | None:
    """The text after the template is inserted at its `$0`; None where it is not."""
    text, offset = marked(textwrap.dedent(text).removeprefix("\n"))
    edits = insert_template(text, offset, template(code, **(packages or {})), prop=prop)
    return None if edits is None else apply_edits(text, list(edits))


def check(text: str, result: str, code: str = STEP, **options: str) -> None:
    assert inserted(text, code, **options) == textwrap.dedent(result).removeprefix("\n")  # type: ignore[arg-type]


# A whole step


@pytest.mark.parametrize("blanks", ["$0", "\n\n$0\n", "   $0", "\n$0\t\n"])
def test_an_empty_file_becomes_the_whole_step(blanks: str) -> None:
    assert inserted(blanks) == WHOLE


def test_a_docstring_with_blanks_behind_it_is_followed_by_imports_and_a_handler() -> None:
    text = '"""Said."""    \n'
    edits = insert_template(text, Offset(0), templates_for(AppSlug("slack_v2"))[0]) or ()
    after = apply_edits(text, list(edits))
    assert after.startswith('"""Said."""\n\nfrom slack_sdk import WebClient\n\n\ndef handler(pd: "pipedream"):\n')


def test_comments_stay_above_the_whole_step() -> None:
    assert inserted("# pipedream add-package acme\n# mine$0\n") == "# pipedream add-package acme\n# mine\n\n" + WHOLE


def test_a_whole_step_reads_the_prop_by_the_name_it_has_there() -> None:
    assert inserted("$0", prop="acme_1") == WHOLE.replace('"acme"', '"acme_1"')


def test_a_prop_with_a_strange_name_stays_a_name() -> None:
    result = inserted("$0", prop='a"]b\\')
    assert result is not None
    assert ast.literal_eval(result[result.index("inputs[") + 7 : result.index("][")]) == 'a"]b\\'


def test_a_package_that_is_not_called_like_its_import_is_named_at_the_very_top() -> None:
    assert inserted("$0", packages={"acme": "acme-sdk"}) == "# pipedream add-package acme-sdk\n" + WHOLE


def test_a_module_without_a_handler_gets_one_below_its_code() -> None:
    check(
        """
        LIMIT = 3$0
        """,
        """
        import requests

        LIMIT = 3


        def handler(pd: "pipedream"):
            token = pd.inputs["acme"]["$auth"]["api_key"]
            if not token:
                raise ValueError("no key")
            response = requests.get("https://acme.example", headers={"Authorization": f"Bearer {token}"}, timeout=30)
            return response.json()
        """,
    )


# The place in a handler


def check_place(text: str, result: str) -> None:
    """With a template of one line: `mark` and `return mark` stand for it in `result`."""
    code = 'def handler(pd: "pipedream"):\n    return pd.inputs["acme"]\n'
    shown = inserted(text, code)
    assert shown is not None
    shown = shown.replace('return pd.inputs["acme"]', "return MARK").replace('acme_result = pd.inputs["acme"]', "MARK")
    assert shown == textwrap.dedent(result).removeprefix("\n")


def test_on_a_blank_line_the_lines_stand_there() -> None:
    check_place(
        """
        def handler(pd: "pipedream"):
            first()
            $0
            second()
        """,
        """
        def handler(pd: "pipedream"):
            first()
            MARK
            second()
        """,
    )


def test_within_a_statement_they_come_after_it() -> None:
    check_place(
        """
        def handler(pd):
            first(
                1,
        $0
                '''
                two
                ''',
            )  # said
            second()
        """,
        """
        def handler(pd):
            first(
                1,

                '''
                two
                ''',
            )  # said
            MARK
            second()
        """,
    )


def test_at_the_end_of_a_handler_they_may_return() -> None:
    check_place("def handler(pd):\n    first()$0\n", "def handler(pd):\n    first()\n    return MARK\n")
    check_place("def handler(pd):\n    first()\n$0", "def handler(pd):\n    first()\n    return MARK\n")
    check_place("def handler(pd):\n    first()$0", "def handler(pd):\n    first()\n    return MARK")


def test_code_after_a_return_never_runs_so_they_come_before_it() -> None:
    check_place("def handler(pd):\n    return 1$0\n", "def handler(pd):\n    MARK\n    return 1\n")
    check_place("def handler(pd):\n    return 1\n$0\n", "def handler(pd):\n    MARK\n    return 1\n\n")


def test_a_block_within_the_handler_takes_them_at_its_own_depth() -> None:
    check_place(
        """
        def handler(pd):
          for x in y:
            a()$0
          b()
        """,
        """
        def handler(pd):
          for x in y:
            a()
            MARK
          b()
        """,
    )


@pytest.mark.parametrize(("blanks", "depth"), [("", 1), ("    ", 1), ("        ", 2)])
def test_after_a_block_the_blanks_of_the_line_decide_how_deep_they_stand(blanks: str, depth: int) -> None:
    text = f"def handler(pd):\n    if x:\n        a()\n{blanks}$0\n    b()\n"
    check_place(text, f"def handler(pd):\n    if x:\n        a()\n{'    ' * depth}MARK\n    b()\n")


def test_before_an_else_they_belong_to_the_block_above_it() -> None:
    check_place(
        """
        def handler(pd):
            if x:
                a()
        $0
            else:
                b()
        """,
        """
        def handler(pd):
            if x:
                a()
                MARK
            else:
                b()
        """,
    )


@pytest.mark.parametrize("blanks", ["", "    ", "        "])
@pytest.mark.parametrize("header", ["if x:", "try:  # so", "while x:", "with a as b:"])
def test_in_a_block_that_has_nothing_in_it_yet_they_stand_deeper_than_its_header(header: str, blanks: str) -> None:
    text = f"def handler(pd):\n    {header}\n{blanks}$0\n    return 1\n"
    check_place(text, f"def handler(pd):\n    {header}\n        MARK\n    return 1\n")


def test_an_empty_block_takes_the_indent_of_its_handler() -> None:
    check_place("def handler(pd):\n\tif x:\n$0\n", "def handler(pd):\n\tif x:\n\t\tMARK\n")
    check_place(
        "def handler(pd):\n  if x:\n    a()\n  else:\n$0\n", "def handler(pd):\n  if x:\n    a()\n  else:\n    MARK\n"
    )
    check_place("def handler(pd):\n    try:\n        $0", "def handler(pd):\n    try:\n        MARK\n")


def test_the_parts_of_a_dictionary_are_no_block() -> None:
    text = 'def handler(pd):\n    x = {"a":\n$0\n    1}\n'
    check_place(text, text.replace("$0", "") + "    return MARK\n")


def test_on_the_header_of_a_block_they_come_after_the_whole_statement() -> None:
    check_place(
        """
        def handler(pd):
            try:$0
                a()
            except KeyError:
                return 1
            match x:
                case 1:
                    b()
        """,
        """
        def handler(pd):
            try:
                a()
            except KeyError:
                return 1
            MARK
            match x:
                case 1:
                    b()
        """,
    )


def test_beside_a_case_no_statement_may_stand() -> None:
    check_place(
        """
        def handler(pd):
            match x:
                case 1:
                    b()
                $0
                case 2:
                    c()
        """,
        """
        def handler(pd):
            match x:
                case 1:
                    b()
                    MARK
                case 2:
                    c()
        """,
    )
    check_place(
        "def handler(pd):\n    match x:\n$0\n        case 1: b()\n",
        "def handler(pd):\n    match x:\n\n        case 1: b()\n    return MARK\n",
    )


def test_on_the_header_of_the_handler_they_come_first_but_for_its_docstring() -> None:
    check_place("def handler(pd):$0\n    a()\n", "def handler(pd):\n    MARK\n    a()\n")
    check_place('def handler(pd):$0\n    """D."""\n    a()\n', 'def handler(pd):\n    """D."""\n    MARK\n    a()\n')
    check_place('def handler(pd):\n$0\n    """D."""\n', 'def handler(pd):\n\n    """D."""\n    return MARK\n')


def test_a_nested_function_is_one_statement() -> None:
    check_place(
        """
        def handler(pd):
            def inner():
                a()$0
            return inner()
        """,
        """
        def handler(pd):
            def inner():
                a()
            MARK
            return inner()
        """,
    )


@pytest.mark.parametrize("placeholder", ["pass", "..."])
def test_a_placeholder_gives_way(placeholder: str) -> None:
    check_place(f"def handler(pd):\n    {placeholder}$0\n", "def handler(pd):\n    return MARK\n")
    check_place(f"$0def handler(pd):\n  '''D.'''\n  {placeholder}", "def handler(pd):\n  '''D.'''\n  return MARK")
    check_place(f"def handler(pd): {placeholder}$0\n", "def handler(pd):\n    return MARK\n")


def test_a_handler_on_one_line_is_opened() -> None:
    check_place("def handler(pd): return 1$0\n", "def handler(pd):\n    MARK\n    return 1\n")


def test_a_handler_without_a_body_gets_one() -> None:
    check_place("def handler(pd):\n  $0\n", "def handler(pd):\n  return MARK\n")
    check_place("def handler(pd):$0", "def handler(pd):\n    return MARK")


def test_a_caret_elsewhere_means_the_end_of_the_handler_that_runs() -> None:
    check_place(
        """
        import os$0

        def handler(pd):
            return 1

        def handler(pd):
            a()

        def other():
            b()
        """,
        """
        import os

        def handler(pd):
            return 1

        def handler(pd):
            a()
            return MARK

        def other():
            b()
        """,
    )


def test_far_below_the_handler_they_still_follow_its_last_line() -> None:
    check_place("def handler(pd):\n    a()\n\n\n$0\n", "def handler(pd):\n    a()\n    return MARK\n\n\n\n")


def test_an_async_generator_returns_nothing() -> None:
    check_place("async def handler(pd):\n    yield 1$0\n", "async def handler(pd):\n    yield 1\n    MARK\n")


# Names


def test_the_lines_take_the_indent_the_parameter_and_the_prop_of_the_step() -> None:
    check(
        """
        def handler(pdm):
          x = 1$0
          return x
        """,
        """
        import requests


        def handler(pdm):
          x = 1
          token = pdm.inputs["acme_1"]["$auth"]["api_key"]
          if not token:
            raise ValueError("no key")
          response = requests.get("https://acme.example", headers={"Authorization": f"Bearer {token}"}, timeout=30)
          acme_1_response = response.json()
          return x
        """,
        prop="acme_1",
    )


def test_the_lines_take_the_quotes_that_most_strings_of_the_step_have() -> None:
    text = """
        import requests

        def handler(pd: 'pipedream'):
            name = pd.inputs['acme']['$auth']["name"]
            $0
    """
    shown = inserted(text)
    assert shown is not None
    assert "token = pd.inputs['acme']['$auth']['api_key']" in shown
    assert "raise ValueError('no key')" in shown
    assert "headers={'Authorization': f'Bearer {token}'}" in shown


def test_an_f_string_that_has_strings_in_it_changes_with_them_and_one_that_says_quotes_stays() -> None:
    code = """
        def handler(pd: "pipedream"):
            url = f"https://{pd.inputs['acme']['$auth']['host']}/"
            query = "say 'yes'"
            return [url, query]
    """
    shown = inserted("x = 'a'\n\n\ndef handler(pd):\n    pass$0\n", code)
    assert shown is not None
    assert """url = f'https://{pd.inputs["acme"]["$auth"]["host"]}/'""" in shown
    assert """query = "say 'yes'\"""" in shown


def test_docstrings_do_not_decide_about_quotes() -> None:
    shown = inserted("'''What it does.'''\n\n\ndef handler(pd):\n    pass$0\n")
    assert shown is not None
    assert 'pd.inputs["acme"]' in shown


def test_tabs_stay_tabs() -> None:
    result = inserted("def handler(pd):\n\tx = 1$0\n")
    assert result is not None
    assert '\n\tif not token:\n\t\traise ValueError("no key")\n' in result


def test_names_that_the_handler_uses_already_get_a_number() -> None:
    result = inserted("def handler(pd):\n    token = response_2 = response = 1$0\n")
    assert result is not None
    assert 'token_2 = pd.inputs["acme"]' in result
    assert 'f"Bearer {token_2}"' in result
    assert "return response_3.json()" in result


def test_attributes_and_names_of_arguments_are_no_clash() -> None:
    result = inserted("def handler(pd):\n    x.token(response=1)$0\n")
    assert result is not None
    assert "_2" not in result


def test_the_result_gets_a_name_that_is_free() -> None:
    result = inserted("def handler(pd):\n    $0\n    acme_response = 1\n    return acme_response\n")
    assert result is not None
    assert "acme_response_2 = response.json()" in result
    result = inserted("def handler(pd):\n    $0\n    return 1\n", CLIENT)
    assert result is not None
    assert "acme_result = [thing for thing in client.things()]" in result


def test_a_handler_that_takes_nothing_gets_a_parameter() -> None:
    result = inserted("def handler():\n    pass$0\n")
    assert result is not None
    assert 'def handler(pd: "pipedream"):\n' in result
    assert inserted("def handler(*everything):\n    pass$0\n") is None


def test_strings_over_several_lines_stay_as_they_are() -> None:
    code = "def handler(pd):\n    query = '''\n    one\n        two\n'''\n    return pd.inputs['acme'], query\n"
    result = inserted("def handler(pd):\n\t$0\n", code)
    assert result == "def handler(pd):\n\tquery = '''\n    one\n        two\n'''\n\treturn pd.inputs['acme'], query\n"


# Imports and packages


@pytest.mark.parametrize(
    ("head", "result"),
    [
        ("", "from acme_sdk import Client\n\n\n"),
        ("import os\n\n", "import os\n\nfrom acme_sdk import Client\n\n"),
        ("import requests\n\n", "import requests\nfrom acme_sdk import Client\n\n"),
        ("from zoo import keeper\n\n", "from acme_sdk import Client\nfrom zoo import keeper\n\n"),
        (
            "import os\n\nfrom zoo import keeper\n\n",
            "import os\n\nfrom acme_sdk import Client\nfrom zoo import keeper\n\n",
        ),
        ("from acme_sdk import Client\n\n", "from acme_sdk import Client\n\n"),
        ("from acme_sdk import Beast, Client\n\n", "from acme_sdk import Beast, Client\n\n"),
        ("from acme_sdk import Beast\n\n", "from acme_sdk import Beast, Client\n\n"),
        ("from acme_sdk import Zebra\n\n", "from acme_sdk import Client, Zebra\n\n"),
        (
            "from acme_sdk import (\n    Beast,  # big\n    Zebra,\n)\n\n",
            "from acme_sdk import (\n    Beast,  # big\n    Client, Zebra,\n)\n\n",
        ),
        ("from acme_sdk import *\n\n", "from acme_sdk import *\nfrom acme_sdk import Client\n\n"),
        ('"""Doc."""\n\n', '"""Doc."""\n\nfrom acme_sdk import Client\n\n\n'),
        ('"Doc" "ument"\n', '"Doc" "ument"\n\nfrom acme_sdk import Client\n\n\n'),
        (
            "from __future__ import annotations\n",
            "from __future__ import annotations\n\nfrom acme_sdk import Client\n\n\n",
        ),
        ("# pipedream add-package zoo\n", "# pipedream add-package zoo\nfrom acme_sdk import Client\n\n\n"),
        ("# mine\n\n\n", "# mine\n\nfrom acme_sdk import Client\n\n\n"),
        ("# about the handler\n", "from acme_sdk import Client\n\n# about the handler\n"),
        ("\ufeff", "\ufefffrom acme_sdk import Client\n\n\n"),
    ],
)
def test_imports_are_sorted_in_at_the_top_without_doubling(head: str, result: str) -> None:
    shown = inserted(head + "def handler(pd):\n    pass$0\n", CLIENT)
    assert shown is not None
    assert shown[: shown.index("def handler")] == result


def test_a_module_that_is_there_under_another_name_is_used_under_that() -> None:
    result = inserted("import requests as web\n\ndef handler(pd):\n    pass$0\n")
    assert result is not None
    assert "import requests\n" not in result
    assert "response = web.get(" in result


def test_an_import_that_may_fail_is_an_import() -> None:
    head = "try:\n    import requests\nexcept ImportError:\n    requests = None\n\n"
    result = inserted(head + "def handler(pd):\n    pass$0\n")
    assert result is not None
    assert result.count("import requests") == 1


def test_an_import_whose_name_means_something_else_gets_another_name() -> None:
    result = inserted("requests = []\n\ndef handler(pd):\n    pass$0\n")
    assert result is not None
    assert result.startswith("import requests as requests_2\n\nrequests = []\n")
    assert "response = requests_2.get(" in result


def test_a_name_that_the_handler_assigns_can_be_no_import() -> None:
    result = inserted("import requests\n\ndef handler(pd):\n    $0\n    requests = 1\n")
    assert result is not None
    assert "import requests as requests_2" in result
    assert "requests_2.get(" in result


def test_what_the_handler_has_imported_before_is_used() -> None:
    result = inserted("def handler(pd):\n    import requests\n    $0\n")
    assert result is not None
    assert result.startswith("def handler")
    assert "requests.get(" in result


def test_what_the_handler_imports_only_later_is_not_there_yet() -> None:
    result = inserted("def handler(pd):\n    $0\n    import requests\n")
    assert result is not None
    assert "requests_2.get(" in result


@pytest.mark.parametrize(
    ("head", "result"),
    [
        ("", "# pipedream add-package acme-sdk\nfrom acme_sdk import Client\n\n\n"),
        ("import os\n", "# pipedream add-package acme-sdk\nimport os\n\nfrom acme_sdk import Client\n"),
        (
            "# pipedream add-package zoo\nfrom acme_sdk import Client\n",
            "# pipedream add-package zoo\n# pipedream add-package acme-sdk\nfrom acme_sdk import Client\n",
        ),
        (
            "# pipedream add-package Acme_SDK==1.2\nfrom acme_sdk import Client\n",
            "# pipedream add-package Acme_SDK==1.2\nfrom acme_sdk import Client\n",
        ),
        (
            "#!/usr/bin/env python3\nfrom acme_sdk import Client\n",
            "#!/usr/bin/env python3\n# pipedream add-package acme-sdk\nfrom acme_sdk import Client\n",
        ),
    ],
)
def test_packages_are_asked_for_at_the_very_top_and_once(head: str, result: str) -> None:
    shown = inserted(head + "def handler(pd):\n    pass$0\n", CLIENT, packages={"acme_sdk": "acme-sdk"})
    assert shown is not None
    assert shown[: shown.index("def handler")] == result


# Line ends, and text that is broken


def test_lines_end_as_the_others_do() -> None:
    result = inserted("import os\r\n\r\ndef handler(pd):\r\n    x = 1$0\r\n    return x\r\n")
    assert result is not None
    assert "\n" not in result.replace("\r\n", "")
    assert inserted("# mine\r\n$0") == "# mine\r\n\r\n" + WHOLE.replace("\n", "\r\n")


def test_lines_that_end_as_on_old_machines_are_left_alone() -> None:
    assert inserted("def handler(pd):\r    pass$0\r") is None


def test_in_broken_text_the_lines_stand_on_the_blank_line_of_the_caret() -> None:
    result = inserted('import os\n\ndef handler(pd:\n  x = pd.inputs["ac\n  $0\n  return x\n')
    assert result is not None
    assert result.startswith("import os\n\nimport requests\n")
    assert '  x = pd.inputs["ac\n  token = pd.inputs["acme"]' in result
    assert result.endswith("  return x\n")


def test_broken_text_without_a_handler_is_left_alone() -> None:
    assert inserted("x = (\n$0") is None


@pytest.mark.parametrize(
    "code", ["", "x = 1\n", "def handler(pd):\n    pass\n", "def handler():\n    return 1\n", "def ("]
)
def test_a_template_that_is_no_step_is_not_inserted(code: str) -> None:
    assert insert_template("", 0, Template(AppSlug("acme"), "T", code)) is None  # type: ignore[arg-type]
