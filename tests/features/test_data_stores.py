"""Names and keys of data stores."""

from dataclasses import replace

import pytest

from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.store_keys import store_keys
from pd_lsp.syntax.tree import parse
from tests import samples
from tests.checks import check_chosen, check_hover, check_offered

SIBLING = """\
def handler(pd):
    store = pd.inputs["data_store"]
    store["count"] = 1
    pd.inputs["another_store"]["not_here"] = 1
"""
KEYS = ["last_id", "count"]


def world(text: str) -> Snapshot:
    return replace(samples.in_workflow(text), other_steps=lambda: {"fetch": parse(SIBLING)})


@pytest.mark.parametrize(
    "read",
    [
        'pd.inputs["data_store"]["$0"]',
        'pd.inputs["data_store"].get("$0")',
        'pd.inputs["data_store"].set("$0", 1)',
        'pd.inputs["data_store"].set_ttl("$0',
        "store = pd.inputs['data_store']; store['$0",
        'store = pd.inputs["data_store"]\n    store.set($0',
    ],
)
def test_keys_that_steps_use_elsewhere_are_offered(read: str) -> None:
    check_offered(f'pd.inputs["data_store"].set("last_id", 1)\n    {read}', KEYS, world)


def test_a_lone_step_that_reads_a_store_is_offered_its_name_and_keys() -> None:
    line = 'data = pd.inputs["my_store"]\n    data["seen"] = 1\n    '
    check_offered(line + 'pd.inputs["$0"]', ["slack", "github", "my_store"])
    check_offered(line + 'data["$0"]', ["seen"])
    check_offered('pd.inputs["$0"]', ["slack", "github"])


def test_a_store_of_a_lone_step_is_explained_as_one() -> None:
    says = [
        "Reading an entry that is not there raises TypeError: .get gives None instead.",
        "What is read is a copy: put it back after a change.",
        "A run here has a store of its own, in a file of yours; the platform's is another one.",
    ]
    check_hover('pd.inputs["data_$0store"]', ["data_store: a data store of this step", *says])


def test_a_name_that_is_no_store_of_the_step_has_none_of_it() -> None:
    check_offered('pd.inputs["other_store"]["$0"]', ["$auth"], world)
    check_offered('pd.inputs["slack"].set("$0")', [], world)


@pytest.mark.parametrize(
    ("line", "result"),
    [
        ('pd.inputs["data_store"]["$0', 'pd.inputs["data_store"]["count"]'),
        ('pd.inputs["data_store"].get("$0', 'pd.inputs["data_store"].get("count")'),
        ('pd.inputs["data_store"].set("$0', 'pd.inputs["data_store"].set("count"'),
        ('pd.inputs["data_store"].set("$0")', 'pd.inputs["data_store"].set("count")'),
        ('pd.inputs["data_store"].set("c$0, 1)', 'pd.inputs["data_store"].set("count", 1)'),
        ('pd.inputs["data_store"].set($0, 1)', 'pd.inputs["data_store"].set("count", 1)'),
    ],
)
def test_a_chosen_key_leaves_right_text(line: str, result: str) -> None:
    check_chosen(line, "count", result, world)


def test_every_use_of_a_key_is_found() -> None:
    text = (
        'def handler(pd):\n    s = pd.inputs["s"]\n    s["a"] = 1; del s["b"]; s.get("c"); s.set("d", 1)\n'
        '    s.set_ttl("e", ttl=1); "f" in s; s[name]; s.keys(); other["g"]; s["h"]["i"]\n'
    )
    assert [key for key, _ in store_keys(parse(text), "s")] == ["a", "b", "c", "d", "e", "f", "h"]
