"""The handler: that there is one, only one, and one that Pipedream can call."""

from dataclasses import replace
from typing import Any

import pytest

from pd_lsp.features.diagnostics import diagnose
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import HEADER, check_diagnostics, check_fixed

HANDLER = HEADER + "return pd.steps['trigger']['event']\n"


def test_a_step_without_a_handler_is_found() -> None:
    text = "# a step\nimport json\n\ndef main(pd):\n    return json.loads('1')\n"
    check_diagnostics(text, [("no-handler", "import json")], make=samples.in_workflow)


@pytest.mark.parametrize(
    "text",
    [
        "from other import handler\n",
        "from other import *\n",
        "def main(pd):\n    return 1\n\nhandler = main\n",
        "if 1:\n    def handler(pd):\n        return 1\n",
        "from pipedream.script_helpers import steps, export\nexport('a', steps['trigger'])\n",
        "def main(:\n",
    ],
)
def test_a_step_that_may_have_one_is_left_alone(text: str) -> None:
    check_diagnostics(text, [], make=samples.in_workflow, levels={"script-helpers": "off"})


def in_workflow_as_node(text: str, **world: Any) -> Snapshot:
    snapshot = samples.in_workflow(text, **world)
    assert snapshot.step
    return replace(snapshot, step=replace(snapshot.step, uses="./post_message/entry.js"))


def test_a_step_in_javascript_needs_no_handler() -> None:
    check_diagnostics("total = 1\n", [], make=in_workflow_as_node)


def test_a_file_outside_of_a_workflow_needs_no_handler() -> None:
    check_diagnostics("def main(pd):\n    return 1\n", [])


@pytest.mark.parametrize("text", ["", "# to do\n", '"""To do."""\n', "\n\n"])
def test_an_empty_step_is_offered_a_handler(text: str) -> None:
    check_diagnostics(text, [("empty-step", "")], make=samples.in_workflow)


def test_the_handler_is_written_below_what_is_there() -> None:
    check_fixed(
        "# to do\n",
        "Write a handler",
        '# to do\n\n\ndef handler(pd: "pipedream"):\n    return {}\n',
        make=samples.in_workflow,
    )


def test_of_two_handlers_the_first_never_runs() -> None:
    check_diagnostics(HANDLER + "\n\n" + HANDLER, [("two-handlers", "handler")])


@pytest.mark.parametrize("between", ["first = handler\n", "print(handler)\n", "register(handler)\n"])
def test_a_handler_that_is_used_in_between_is_left_alone(between: str) -> None:
    check_diagnostics(HANDLER + between + HANDLER, [])


def test_a_decorated_handler_is_left_alone() -> None:
    check_diagnostics("@keep\n" + HANDLER + HANDLER, [])


def test_a_method_of_that_name_is_no_second_handler() -> None:
    check_diagnostics("class Bot:\n    def handler(self):\n        return 1\n\n\n" + HANDLER, [])


@pytest.mark.parametrize(
    ("parameters", "place"),
    [
        ('pd: "pipedream", steps', "steps"),
        ("pd, steps: dict", "steps: dict"),
        ("self, pd", "pd"),
        ("pd, *, steps", "steps"),
    ],
)
def test_a_parameter_that_gets_nothing_is_found(parameters: str, place: str) -> None:
    text = f"def handler({parameters}):\n    return pd.steps\n"
    check_diagnostics(text, [("handler-parameters", place)], make=samples.in_workflow)


@pytest.mark.parametrize("parameters", ["()", "(**pd)", "(*, pd)"])
def test_a_handler_that_takes_nothing_in_its_place_is_found(parameters: str) -> None:
    text = f"def handler{parameters}:\n    return 1\n"
    check_diagnostics(text, [("handler-parameters", parameters)], make=samples.in_workflow)


@pytest.mark.parametrize(
    "parameters",
    [
        "pd",
        "pd, /",
        'pd: "pipedream" = None',
        "pd, steps=None",
        "pd, steps: dict = {}",
        "pd, **kwargs",
        "pd, *args",
        "pd, *, steps=None",
        "*args",
        "*args, **kwargs",
        "*args: object",
        "pd,  # the platform",
    ],
)
def test_a_handler_that_can_be_called_is_left_alone(parameters: str) -> None:
    check_diagnostics(f"def handler({parameters}\n):\n    return 1\n", [], make=samples.in_workflow)


def test_a_decorator_may_change_how_it_is_called() -> None:
    check_diagnostics("@with_steps\ndef handler(pd, steps):\n    return steps\n", [])


def test_a_parameter_that_is_not_used_is_taken_away() -> None:
    check_fixed(
        'def handler(pd: "pipedream", steps):\n    return 1\n',
        "Take steps away",
        'def handler(pd: "pipedream"):\n    return 1\n',
    )


def test_a_parameter_that_is_used_is_left_to_the_person() -> None:
    text = "def handler(pd, steps):\n    return steps\n"
    (found,) = diagnose(samples.snapshot(text))
    assert (found.code, found.finding.fixes) == ("handler-parameters", ())


def test_a_handler_without_parameters_is_given_pd() -> None:
    check_fixed(
        "def handler():\n    return 1\n",
        "Take pd",
        'def handler(pd: "pipedream"):\n    return 1\n',
        make=samples.in_workflow,
    )


@pytest.mark.parametrize("body", ["yield 1", "for x in y:\n        yield x", "got = yield", "yield from rows"])
def test_a_handler_that_yields_is_found(body: str) -> None:
    place = body[body.index("yield") :]
    check_diagnostics(HEADER + body + "\n", [("generator-handler", place)])


@pytest.mark.parametrize(
    "body", ["def rows():\n        yield 1\n    return list(rows())", "yields = 1\n    return yields"]
)
def test_a_generator_inside_is_left_alone(body: str) -> None:
    check_diagnostics(HEADER + body + "\n", [])


def test_an_async_handler_is_pointed_out_to_who_asks() -> None:
    text = "async def handler(pd: 'pipedream'):\n    return 1\n"
    check_diagnostics(text, [])
    check_diagnostics(text, [("async-handler", "handler")], levels={"async-handler": "hint"})


def test_an_imported_handler_is_lost() -> None:
    text = "from other import handler\n\n\n" + HEADER + "return handler(pd)\n"
    check_diagnostics(text, [("imported-handler", "handler")])


@pytest.mark.parametrize(
    "text",
    [
        "from other import handler as ask\n\n\n" + HEADER + "return ask(pd)\n",
        "from other import handler\n\nask = handler\n\n\n" + HEADER + "return ask(handler(pd))\n",
        "from other import handler\n\n\n" + HEADER + "return 1\n",
        "from other import handler\n\n\n" + HEADER + "return [handler, handler]\n",
        HEADER + "from other import handler\n    return handler(pd)\n",
        "import logging.handlers\n\n\n" + HEADER + "return logging.handlers.handler(pd)\n",
    ],
)
def test_an_imported_handler_that_is_not_called_in_vain_is_left_alone(text: str) -> None:
    check_diagnostics(text, [])


@pytest.mark.parametrize(
    "line", ["token = pd.inputs['slack']", "print(pd.steps)", "class A:\n    event = pd.steps['trigger']"]
)
def test_pd_outside_of_functions_is_found(line: str) -> None:
    check_diagnostics(f"{line}\n\n\n{HANDLER}", [("pd-outside-handler", "pd")])


@pytest.mark.parametrize(
    "text",
    [
        "import pandas as pd\n\nframe = pd.DataFrame()\n\n\n",
        "pd = Mock()\nprint(pd.steps)\n\n\n",
        "for pd in mocks:\n    print(pd.steps)\n\n\n",
        "from mocks import *\nprint(pd.steps)\n\n\n",
        "try:\n    print(pd.steps)\nexcept NameError:\n    pass\n\n\n",
        "if testing:\n    print(pd.steps)\n\n\n",
        "read = lambda: pd.steps\n\n\n",
        "def read(pd=1):\n    return pd.steps\n\n\n",
        "def read():\n    global pd\n    return pd.steps\n\n\nprint(pd.steps)\n\n\n",
        "frame = pd.DataFrame()\n\n\n",
        "x.pd.steps\n\n\n",
        '"""pd.steps"""\n\n\n',
    ],
)
def test_pd_that_may_mean_something_is_left_alone(text: str) -> None:
    check_diagnostics(text + HANDLER, [])


@pytest.mark.parametrize("call", ['handler("pipedream")', "handler('request')", "handler(None)"])
def test_a_call_with_something_that_is_no_pd_is_found(call: str) -> None:
    check_diagnostics(f"{HANDLER}\n\n{call}\n", [("handler-called", call)])
    check_diagnostics(f"{HANDLER}\n\nprint({call})\n", [("handler-called", call)])


@pytest.mark.parametrize(
    "text",
    [
        'if __name__ == "__main__":\n    handler("pipedream")\n',
        "handler(MockPipedream())\n",
        "def test():\n    handler('x')\n",
        "try:\n    handler('x')\nexcept Exception:\n    pass\n",
        "self.handler('x')\n",
    ],
)
def test_a_call_that_may_be_right_is_left_alone(text: str) -> None:
    check_diagnostics(f"{HANDLER}\n\n{text}", [])


def test_a_handler_that_uses_no_pd_may_be_called_with_anything() -> None:
    check_diagnostics(HEADER + "return 1\n\n\nhandler('x')\n", [])


def test_return_outside_of_a_function_is_found() -> None:
    check_diagnostics(HANDLER + "\n\nreturn 1\n", [("return-outside-function", "return 1")])


def test_return_in_broken_text_is_left_alone() -> None:
    check_diagnostics(HANDLER + "\n\nx = (\nreturn 1\n", [])


def test_the_old_import_is_pointed_out() -> None:
    line = "from pipedream.script_helpers import (steps, export)"
    check_diagnostics(f"{line}\n\n\n{HANDLER}", [("script-helpers", line)])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import pipedream", [("import-pipedream", "import pipedream")]),
        ("import pipedream\n\nclient = pipedream.Pipedream()", []),
        ("from pipedream import Pipedream", []),
        ("import pipedream as client", []),
        ("import pipedream, json", []),
    ],
)
def test_the_import_of_the_client_is_found_where_it_is_not_used(line: str, found: list[tuple[str, str]]) -> None:
    check_diagnostics(f"{line}\n\n\n{HANDLER}", found)


def test_the_import_of_the_client_is_taken_away_with_its_line() -> None:
    check_fixed(f"import json\nimport pipedream\n\n\n{HANDLER}", "Take the import away", f"import json\n\n\n{HANDLER}")


def test_an_annotation_that_is_no_text_needs_the_import() -> None:
    check_diagnostics("import pipedream\n\n\ndef handler(pd: pipedream):\n    return 1\n", [])
