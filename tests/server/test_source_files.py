"""The files that navigation leads to: as the editor has them, else from disk, and from a trusted folder alone."""

import os
from pathlib import Path

import pytest

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.features.definition import definition
from pd_lsp.features.references import references
from pd_lsp.server.state import ServerState
from pd_lsp.settings import Settings
from tests.features.navigation import shown_in
from tests.marker import marked

WORKFLOW = """\
triggers:
- id: hi_1
steps:
- namespace: first
  uses: "./first/entry.py"
- namespace: second
  uses: "./second/entry.py"
  props:
    __configurableProps:
    - name: slack
      app: slack
      type: app
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "flow-p_1"
    for name in ("first", "second"):
        (folder / name).mkdir(parents=True)
        (folder / name / "entry.py").write_text(f"# {name}\ndef handler(pd):\n    return 1\n")
    (folder / "workflow.yaml").write_text(WORKFLOW)
    return folder


def editor(*trusted: Path) -> ServerState:
    return ServerState(Settings(), AccountCaches({}), say=lambda _: None, trusted_by_editor=frozenset(trusted))


def found(state: ServerState, folder: Path, line: str) -> list[str]:
    """Where what stands at `$0` in the second step is defined."""
    step = folder / "second" / "entry.py"
    text, offset = marked(f"def handler(pd):\n    {line}\n")
    state.open(step.as_uri(), step, text, 1)
    snapshot = state.snapshot(step.as_uri())
    answer = definition(snapshot, offset) if snapshot else None
    return [shown_in(folder, place) for place in (answer.places if answer else ())]


def test_files_are_read_from_disk_and_again_when_they_have_changed(folder: Path) -> None:
    state = editor(folder)
    assert found(state, folder, 'pd.steps["fi$0rst"]') == ["first/entry.py:2: handler"]
    (folder / "first" / "entry.py").write_text("import os\n\n\ndef handler(pd):\n    pass\n")
    assert found(state, folder, 'pd.steps["fi$0rst"]') == ["first/entry.py:4: handler"]
    (folder / "workflow.yaml").write_text("name: Flow\n" + WORKFLOW)
    assert found(state, folder, 'pd.inputs["sl$0ack"]') == ["workflow.yaml:11: slack"]


def test_what_the_editor_has_open_counts_before_the_file(folder: Path) -> None:
    state, first, workflow = editor(folder), folder / "first" / "entry.py", folder / "workflow.yaml"
    state.open(first.as_uri(), first, "\n\n\ndef handler(pd): ...\n", 1)
    state.open(workflow.as_uri(), workflow, "# typed\n" + WORKFLOW, 1)
    assert found(state, folder, 'pd.steps["fi$0rst"]') == ["first/entry.py:4: handler"]
    assert found(state, folder, 'pd.inputs["sl$0ack"]') == ["workflow.yaml:11: slack"]


def test_in_a_folder_that_nobody_trusts_nothing_leads_anywhere(folder: Path) -> None:
    for line in ('pd.steps["fi$0rst"]', 'pd.inputs["sl$0ack"]', 'pd.steps["trig$0ger"]'):
        assert found(editor(), folder, line) == []


def test_a_step_whose_file_is_missing_or_leads_out_of_the_folder_leads_to_its_entry(folder: Path) -> None:
    first, outside = folder / "first" / "entry.py", folder.parent / "outside.py"
    first.rename(outside)
    assert found(editor(folder), folder, 'pd.steps["fi$0rst"]') == ["workflow.yaml:4: first"]
    first.symlink_to(outside)
    assert found(editor(folder), folder, 'pd.steps["fi$0rst"]') == ["workflow.yaml:4: first"]


def test_a_file_that_is_no_text_or_too_large_is_not_read(folder: Path) -> None:
    (folder / "first" / "entry.py").write_bytes(b"\xff\xfe")
    assert found(editor(folder), folder, 'pd.steps["fi$0rst"]') == ["workflow.yaml:4: first"]
    (folder / "first" / "entry.py").write_text("#" * 300_000)
    assert found(editor(folder), folder, 'pd.steps["fi$0rst"]') == ["workflow.yaml:4: first"]


def test_of_saved_events_the_newest_is_looked_at_first(folder: Path) -> None:
    (folder / "events").mkdir()
    for name, seconds in (("a.json", 2_000), ("b.json", 1_000)):
        (folder / "events" / name).write_text('{"body": 1}')
        os.utime(folder / "events" / name, (seconds, seconds))
    line = 'pd.steps["trigger"]["event"]["bo$0dy"]'
    assert found(editor(folder), folder, line) == ['events/a.json:1: "body"']
    (folder / "events" / "a.json").write_text("{}")
    assert found(editor(folder), folder, line) == ['events/b.json:1: "body"']


def test_references_are_found_in_open_and_closed_files(folder: Path) -> None:
    reader = 'def handler(pd):\n    return pd.steps["first"]\n'
    (folder / "second" / "entry.py").write_text(reader)
    first, state = folder / "first" / "entry.py", editor(folder)
    text, offset = marked("def hand$0ler(pd):\n    return 1\n")
    state.open(first.as_uri(), first, text, 1)
    snapshot = state.snapshot(first.as_uri())
    assert snapshot
    places = references(snapshot, offset, with_declaration=True)
    assert [shown_in(folder, place) for place in places] == ["workflow.yaml:4: first", 'second/entry.py:2: "first"']
