from pathlib import Path

import pytest

from pd_lsp.model import AppProp, AppSlug
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.workflow_file import find_workflow_file, read_workflow, step_of

SYNCED = """\
schema: workflow/2022.04
name: New album
settings:
  error_notification: true
  lambda_timeout: 60
  lambda_memory: 512
triggers:
- id: hi_abc
steps:
- namespace: get_album
  runtime: python3.12
  uses: "./get_album/entry.py"
  props:
    __configurableProps:
    - app: spotify
      name: spotify_1
      type: app
      authType: oauth
      appId: app_1
    - name: data_store
      type: data_store
    spotify_1:
      authProvisionId: apn_1
    data_store:
      storeId: ds_1
- namespace: post
  runtime: nodejs20.x
  uses: "slack_v2-send-message@0.1.0"
  disabled: true
"""


def write(folder: Path, text: str) -> Path:
    file = folder / "workflow.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_a_synced_workflow_is_read_as_it_is(tmp_path: Path) -> None:
    workflow = read_workflow(write(tmp_path, SYNCED))
    assert (workflow.name, workflow.time_limit, workflow.memory_limit) == ("New album", 60.0, 512)
    assert workflow.triggers == ("hi_abc",)
    first, second = workflow.steps
    assert first.apps == (AppProp("spotify_1", AppSlug("spotify"), "apn_1"),)
    assert first.data_stores == ("data_store",)
    assert second.disabled
    assert step_of(workflow, tmp_path / "get_album" / "entry.py") == first
    assert step_of(workflow, tmp_path / "other" / "entry.py") is None


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "name: x",
        "steps:",
        "steps: 3",
        "steps: [1, {}, {namespace: 4}]",
        "triggers: 3",
        "triggers: [1, {}, {id: 4}]",
        "settings: []",
    ],
)
def test_a_workflow_that_lacks_keys_has_no_steps(tmp_path: Path, text: str) -> None:
    assert read_workflow(write(tmp_path, text)).steps == ()


@pytest.mark.parametrize(
    ("step", "has_branches"),
    [
        ("{namespace: a, uses: ./a/entry.py}", False),
        ("{namespace: a, props: {rows: [{namespace: x}]}}", False),
        ("{namespace: a, branches: [{steps: [{namespace: b}]}]}", True),
        ("{namespace: a, steps: [{namespace: b}]}", True),
        ("{namespace: a, note: &again [*again]}", False),
    ],
)
def test_steps_inside_a_step_are_branches(tmp_path: Path, step: str, has_branches: bool) -> None:
    (tmp_path / "workflow.yaml").write_text(f"steps:\n- {step}\n")
    assert read_workflow(tmp_path / "workflow.yaml").has_branches is has_branches


def test_a_step_that_lacks_everything_but_its_name_is_a_step(tmp_path: Path) -> None:
    [step] = read_workflow(write(tmp_path, "steps: [{namespace: a, props: 3}]")).steps
    assert (step.namespace, step.uses, step.apps, step.data_stores) == ("a", "", (), ())


@pytest.mark.parametrize("value", ["-1", ".nan", ".inf", "true", "soon", "0"])
def test_a_limit_that_is_no_time_is_none(tmp_path: Path, value: str) -> None:
    assert read_workflow(write(tmp_path, f"settings: {{lambda_timeout: {value}}}")).time_limit is None


@pytest.mark.parametrize("text", ["steps: [", "a: b: c", "\t- x", "!!python/object:os.system x", "&a [*a, *b]"])
def test_broken_yaml_is_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFileError, match="workflow.yaml is broken YAML"):
        read_workflow(write(tmp_path, text))


@pytest.mark.parametrize("text", ["", "- a", "just words"])
def test_a_workflow_that_is_no_mapping_is_a_sentence(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableFileError, match="has no keys"):
        read_workflow(write(tmp_path, text))


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere.yaml", tmp_path / "flow"
    elsewhere.write_text(SYNCED)
    folder.mkdir()
    (folder / "workflow.yaml").symlink_to(elsewhere)
    with pytest.raises(UnreadableFileError, match="leads out of flow"):
        read_workflow(folder / "workflow.yaml")


def test_the_nearest_workflow_above_a_step_owns_it(tmp_path: Path) -> None:
    file = write(tmp_path, SYNCED)
    assert find_workflow_file(tmp_path / "get_album" / "entry.py", tmp_path) == file


def test_a_workflow_above_the_trusted_folder_is_not_looked_for(tmp_path: Path) -> None:
    write(tmp_path, SYNCED)
    assert find_workflow_file(tmp_path / "inner" / "step" / "entry.py", tmp_path / "inner") is None
