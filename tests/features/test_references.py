"""Who reads a step, what it gives on, an app or a data store, in all steps of the workflow."""

import pytest

from pd_lsp.features.references import references
from pd_lsp.syntax.snapshot import Snapshot
from tests import samples
from tests.checks import check_highlights, check_references
from tests.features.navigation import in_post, shown
from tests.marker import marked

READER = 'def handler(pd):\n    return pd.steps["post"]["$return_value"], pd.steps.get("post"), pd.steps["other"]\n'


def found_at(text: str, *, declared: bool = False, fetch: str = READER) -> list[str]:
    clean, offset = marked(text)
    places = references(in_post(clean, fetch=fetch), offset, with_declaration=declared)
    return [shown(place) for place in places]


def test_a_step_is_read_in_every_step_of_the_workflow() -> None:
    check_references(
        'pd.steps["po$0st"]; pd.steps["post"]["count"]; "post"',
        [
            *('fetch/entry.py:2: "post"', 'fetch/entry.py:2: "post"'),
            *('post/entry.py:2: "post"', 'post/entry.py:2: "post"'),
        ],
        fetch=READER,
    )


def test_the_entry_in_workflow_yaml_comes_first_where_it_is_wanted() -> None:
    check_references('pd.steps["rea$0dy"]', ["workflow.yaml:12: ready", 'post/entry.py:2: "ready"'], declared=True)
    check_references(
        'pd.steps["trig$0ger"]', ["workflow.yaml:2: triggers", 'post/entry.py:2: "trigger"'], declared=True
    )


def test_the_name_of_a_handler_stands_for_its_step() -> None:
    places = ['fetch/entry.py:2: "post"', 'fetch/entry.py:2: "post"']
    assert found_at("def hand$0ler(pd):\n    return 1\n") == places
    assert found_at("def hand$0ler(pd):\n    return 1\n", declared=True) == ["workflow.yaml:14: post", *places]


def test_a_handler_that_never_runs_stands_for_nothing() -> None:
    assert found_at("def hand$0ler(pd):\n    return 1\n\n\ndef handler(pd):\n    return 2\n") == []


def test_what_a_step_gives_on_is_found_from_both_its_ends() -> None:
    exported = 'def handler(pd):\n    return pd.steps["post"]["count"]\n'
    assert found_at("def handler(pd):\n    retu$0rn 1\n") == ['fetch/entry.py:2: "$return_value"']
    assert found_at('def handler(pd):\n    pd.export("cou$0nt", 1)\n', fetch=exported) == ['fetch/entry.py:2: "count"']
    check_references(
        'pd.steps["fetch"]["cou$0nt"]', ['fetch/entry.py:2: "count"', 'post/entry.py:2: "count"'], declared=True
    )


def test_an_app_is_found_under_the_name_that_each_step_has_for_it() -> None:
    check_references('pd.inputs["sl$0ack"]', ['fetch/entry.py:6: "slack_2"', 'post/entry.py:2: "slack"'])
    check_references(
        'pd.inputs["sl$0ack"]',
        [
            *("workflow.yaml:10: slack_2", "workflow.yaml:18: slack"),
            *('fetch/entry.py:6: "slack_2"', 'post/entry.py:2: "slack"'),
        ],
        declared=True,
    )


def test_a_key_of_an_app_is_found_in_all_its_accounts() -> None:
    check_references(
        'pd.inputs["slack"]["$auth"]["oauth_acc$0ess_token"]',
        ['fetch/entry.py:6: "oauth_access_token"', 'post/entry.py:2: "oauth_access_token"'],
    )


def test_a_data_store_is_no_app() -> None:
    check_references('pd.inputs["data_st$0ore"].get("a")', ['post/entry.py:2: "data_store"'])


def test_a_lone_step_has_its_own_reads() -> None:
    check_references('pd.steps["a$0"]; pd.steps["a"]', ['here:2: "a"', 'here:2: "a"'], samples.snapshot, declared=True)


@pytest.mark.parametrize("line", ['config["sl$0ack"]', 'x = "sla$0ck"', "x = $01", 'pd.context["r$0un"]'])
def test_nothing_else_has_references(line: str) -> None:
    check_references(line, [], declared=True)


def test_the_same_key_is_marked_in_the_document() -> None:
    line = 'a = pd.inputs["sl$0ack"]; b = pd.inputs.get(\'slack\', {}); pd.inputs["data_store"]; pd.steps["slack"]'
    check_highlights(line, ['"slack"', "'slack'"])
    check_highlights('config["sl$0ack"], pd.inputs["slack"]', [])
    check_highlights('pd.inputs.get("sl$0ack", "slack")', ['"slack"'])


def test_a_workflow_yaml_that_could_not_be_read_costs_only_its_entries() -> None:
    def broken(text: str) -> Snapshot:
        return in_post(text, yaml="steps: [")

    check_references('pd.steps["rea$0dy"]', ['post/entry.py:2: "ready"'], broken, declared=True)
