"""What the server knows of a document: nothing from files of a folder that nobody trusts."""

from pathlib import Path

import pytest

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.configuration import allow_variables
from pd_lsp.server.state import ServerState
from pd_lsp.settings import Settings
from pd_lsp.syntax.snapshot import Snapshot

WORKFLOW = 'steps:\n- {namespace: first, uses: "./first/entry.py"}\n- {namespace: second, uses: "./second/entry.py"}\n'


@pytest.fixture
def step(tmp_path: Path) -> Path:
    folder = tmp_path.resolve() / "flow-p_1"
    for name in ("first", "second"):
        (folder / name).mkdir(parents=True)
        (folder / name / "entry.py").write_text(f"# {name}\n")
    (folder / "workflow.yaml").write_text(WORKFLOW)
    (folder.parent / ".env").write_text("API_TOKEN=made-up-value\n")
    (folder.parent / "__builtins__.pyi").write_text("")
    return folder / "second" / "entry.py"


def snapshot(step: Path, *trusted: Path) -> Snapshot:
    state = ServerState(Settings(), AccountCaches({}), say=lambda _: None, trusted_by_editor=frozenset(trusted))
    state.open(step.as_uri(), step, "# second\n", 1)
    found = state.snapshot(step.as_uri())
    assert found
    return found


def test_in_a_trusted_folder_the_files_around_a_step_are_known(step: Path) -> None:
    allow_variables(step.parent.parent.parent, ["NPM_TOKEN"])
    known = snapshot(step, step.parent.parent.parent)
    assert known.allowed_variables() == ("NPM_TOKEN",)
    assert known.dotenv_names() == ("API_TOKEN",)
    assert [*known.other_steps()] == ["first"]
    assert known.has_stub()


def test_in_another_folder_none_of_them_is(step: Path) -> None:
    allow_variables(step.parent.parent.parent, ["NPM_TOKEN"])
    known = snapshot(step)
    assert known.allowed_variables() == ()
    assert (known.dotenv_names(), dict(known.other_steps()), known.has_stub()) == (None, {}, False)
