from pd_lsp.features.runnables import runnables
from tests.checks import check_needs, check_runnables
from tests.samples import in_workflow, snapshot

RUN = "▶ Run step"


def test_a_handler_can_be_run() -> None:
    check_runnables("def handler(pd):\n    pass\n", [RUN])


def test_a_handler_with_another_name_for_pd_can_be_run() -> None:
    check_runnables("def handler(pdm):\n    pass\n", [RUN])


def test_of_two_handlers_the_last_one_runs_and_the_first_says_so() -> None:
    titles = ["Never runs: a handler further down replaces this one", RUN]
    check_runnables("def handler(pd):\n    pass\n\ndef handler(pd):\n    pass\n", titles)


def test_the_handler_of_another_platform_is_left_alone() -> None:
    check_runnables("def handler(event, context):\n    return event['body']\n", [])
    check_runnables("def handler():\n    return 1\n", [])


def test_a_handler_that_asks_its_parameter_for_a_member_of_pd_can_be_run() -> None:
    check_runnables("def handler(run):\n    return run.steps['trigger']\n", [RUN])


def test_a_step_of_a_workflow_can_be_run_whatever_it_calls_pd() -> None:
    titles = [one.title for one in runnables(in_workflow("def handler(x):\n    return 1\n"))]
    assert titles == [RUN]


def test_nothing_can_be_run_without_a_handler() -> None:
    check_runnables("print('hello')\n", [])
    check_runnables("", [])


def test_a_run_needs_what_the_step_reads_and_nothing_else() -> None:
    check_needs(in_workflow('def handler(pd):\n    return pd.inputs["slack"]["$auth"]\n'), ("slack",))


def test_a_run_tells_data_stores_from_apps_by_the_workflow() -> None:
    text = 'def handler(pd):\n    pd.inputs["data_store"]["seen"] = 1\n    pd.inputs["slack"]["$auth"]\n'
    check_needs(in_workflow(text), ("slack",), ("data_store",))


def test_without_a_workflow_the_name_tells_a_data_store() -> None:
    text = 'def handler(pd):\n    pd.inputs["data_store_1"].get("seen")\n    pd.inputs["slack"]["$auth"]\n'
    check_needs(snapshot(text), ("slack",), ("data_store_1",))


def test_a_step_that_computes_its_keys_needs_every_prop_it_has() -> None:
    check_needs(in_workflow("def handler(pd):\n    return list(pd.inputs)\n"), ("slack", "github_1"), ("data_store",))


def test_a_lone_step_that_computes_its_keys_needs_nothing_that_can_be_known() -> None:
    check_needs(snapshot("def handler(pd):\n    return list(pd.inputs)\n"), ())


def test_a_step_of_the_older_kind_runs_without_a_handler() -> None:
    check_runnables("from pipedream.script_helpers import steps, export\nexport('a', 1)\n", ["▶ Run step"])
