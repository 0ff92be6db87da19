"""Where the entries of a workflow.yaml stand, whatever characters come before them."""

from pathlib import Path

import pytest

from pd_lsp.workflows.workflow_places import workflow_places

ENTRY = "- namespace: fetch\n  uses: ./fetch/entry.py\n"
FILE = Path("workflow.yaml")


@pytest.mark.parametrize(
    "before",
    ["", 'name: "😀é"\n', 'name: "a\u2028b\u0085c"\n', "# \u2029\r\n", "---\n", "name: >\n  long\n\n  text\n\n"],
)
def test_an_entry_is_found_behind_any_text(before: str) -> None:
    text = f"{before}steps:\n{ENTRY}\n\n# the end\n"
    entry = workflow_places(FILE, text).steps["fetch"]
    assert text[entry.name.start : entry.name.end] == "fetch"
    assert text[entry.range.start : entry.range.end].startswith("namespace: fetch\n")


def test_an_entry_ends_where_its_text_does() -> None:
    text = f"steps:\n{ENTRY}\n\n{ENTRY.replace('fetch', 'post')}"
    entry = workflow_places(FILE, text).steps["fetch"]
    assert text[entry.range.start : entry.range.end] == ENTRY.removeprefix("- ").rstrip()


def test_of_two_steps_of_one_name_the_first_counts_and_an_alias_leads_to_what_it_stands_for() -> None:
    text = f"steps:\n- &first {{namespace: fetch, uses: a}}\n- *first\n{ENTRY}"
    places = workflow_places(FILE, text)
    assert places.lines.line_of(places.steps["fetch"].name.start) == 1


@pytest.mark.parametrize("text", ["", "steps: [", "steps: 1", "steps: [1, {}, {namespace: [a]}]", "? [a]\n: b\n", "\0"])
def test_what_has_no_steps_has_no_places(text: str) -> None:
    assert workflow_places(FILE, text).steps == {}
