"""What lies around a step: read where it is asked for, in a trusted folder alone, and never a value of `.env`."""

from pathlib import Path

import pytest

from pd_lsp.model import Step, Workflow
from pd_lsp.server.document import open_document
from pd_lsp.server.surroundings import Surroundings
from pd_lsp.workflows.stub_file import STUB_FILES, has_stub

SECRET = "made-up-value-0123456789"
FETCH, POST = Step("fetch", "./fetch/entry.py"), Step("post", "./post/entry.py")


@pytest.fixture
def workflow(tmp_path: Path) -> Workflow:
    for name in ("fetch", "post"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "entry.py").write_text(f"# {name}\n")
    steps = (FETCH, POST, Step("node", "./node/entry.js"), Step("gone", "./gone/entry.py"), Step("ready", "x-y@1"))
    return Workflow(tmp_path, steps=steps)


def names(folder: Path, content: str) -> tuple[str, ...] | None:
    (folder / ".env").write_text(content)
    return Surroundings().dotenv_names(folder / "post" / "entry.py", folder)


def test_the_names_of_a_dotenv_file_are_known_and_no_value(tmp_path: Path) -> None:
    content = f"API_URL={SECRET}\nexport TOKEN='{SECRET}\n{SECRET}'\n# NOT=1\nEMPTY=\nlone\nNESTED=${{TOKEN}}\n"
    found = names(tmp_path, content)
    assert found == ("API_URL", "TOKEN", "EMPTY", "NESTED")


@pytest.mark.parametrize(
    "end", ["MadeUpEnd0+/x==", "MadeUpEnd0==", "MadeUpEnd01=", "made-up-0123=x", "'made up 0123'=x"]
)
def test_a_line_that_may_be_the_end_of_a_value_is_no_name(tmp_path: Path, end: str) -> None:
    content = (
        f"KEY=-----BEGIN PRIVATE KEY-----\nMadeUpLine01234567\n{end}\n-----END PRIVATE KEY-----\nnext=\n_Next1=1\n"
    )
    assert names(tmp_path, content) == ("KEY", "next", "_Next1")


def test_a_dotenv_file_is_read_again_when_it_has_changed(tmp_path: Path) -> None:
    around, step = Surroundings(), tmp_path / "post" / "entry.py"
    assert around.dotenv_names(step, tmp_path) == ()
    (tmp_path / ".env").write_text("ONE=1\n")
    assert around.dotenv_names(step, tmp_path) == ("ONE",)
    (tmp_path / ".env").write_text("ONE=1\nTWO=2\n")
    assert around.dotenv_names(step, tmp_path) == ("ONE", "TWO")


def test_a_dotenv_file_that_leads_out_of_the_folder_or_is_no_text_has_no_names(tmp_path: Path) -> None:
    inside, outside = tmp_path / "project", tmp_path / "elsewhere"
    inside.mkdir()
    outside.write_text("ONE=1\n")
    (inside / ".env").symlink_to(outside)
    assert Surroundings().dotenv_names(inside / "entry.py", inside) is None
    (inside / ".env").unlink()
    (inside / ".env").write_bytes(b"\xff\xfe")
    assert Surroundings().dotenv_names(inside / "entry.py", inside) is None


def test_the_other_python_steps_are_read_and_those_the_editor_has_open_as_they_are_there(
    tmp_path: Path, workflow: Workflow
) -> None:
    around = Surroundings()
    found = around.other_steps(workflow, POST, tmp_path, [])
    assert {name: tree.text for name, tree in found.items()} == {"fetch": "# fetch\n"}
    document = open_document(tmp_path / "fetch" / "entry.py", "typed = 1\n", 1)
    found = around.other_steps(workflow, POST, tmp_path, [document])
    assert {name: tree.text for name, tree in found.items()} == {"fetch": "typed = 1\n"}


def test_a_step_that_lies_outside_the_trusted_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "flow").mkdir()
    (tmp_path / "elsewhere.py").write_text("import os\n")
    workflow = Workflow(tmp_path / "flow", steps=(Step("out", "./../elsewhere.py"), POST))
    assert Surroundings().other_steps(workflow, POST, tmp_path / "flow", []) == {}


@pytest.mark.parametrize("name", STUB_FILES)
def test_a_stub_counts_up_to_the_trusted_folder(tmp_path: Path, name: str) -> None:
    folder, step = tmp_path / "project", tmp_path / "project" / "flow" / "post" / "entry.py"
    for place in (step, tmp_path / name, folder / name):
        place.parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("")
    assert not has_stub(step, folder)
    (folder / name).write_text("")
    assert has_stub(step, folder)
