"""`pd-lsp stub` and `pd-lsp init`, as they are typed."""

from pathlib import Path

import pytest

from tests.cli.person import Person
from tests.stubs.conftest import copy_of_examples

STUB = "typings/__builtins__.pyi"


@pytest.fixture
def project(without_keyring: Person) -> Path:
    """The example workspace, in a folder of somebody who is not signed in."""
    return copy_of_examples(without_keyring.folder)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, with what it holds."""
    found = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


def test_a_stub_is_written_and_then_up_to_date(without_keyring: Person, project: Path) -> None:
    done = without_keyring.types("stub", project, "--sandbox")
    assert (done.code, done.out) == (0, f"{STUB} is written.\n")
    assert "class _Auth_openai(TypedDict):\n    api_key: str\n" in (project / STUB).read_text()
    assert without_keyring.types("stub", project, "--sandbox").out == f"{STUB} was up to date.\n"


def test_a_stub_is_found_true_where_nobody_is_signed_in_and_old_where_a_step_has_changed(
    without_keyring: Person, project: Path
) -> None:
    without_keyring.types("stub", project, "--sandbox")
    assert without_keyring.types("stub", project, "--check").code == 0
    entry = project / "new-sign-up-p_V9Ch2Lk" / "parse_body" / "entry.py"
    entry.write_text(entry.read_text().replace('"plan"', '"tariff"'))
    before = files(project)
    done = without_keyring.types("stub", project, "--check")
    assert (done.code, done.err) == (1, f"{STUB} is out of date: make it again with `pd-lsp stub`.\n")
    assert files(project) == before


def test_a_folder_that_is_none_is_a_sentence(without_keyring: Person) -> None:
    done = without_keyring.types("stub", "nowhere")
    assert done.code == 2
    assert "There is no folder nowhere" in done.err


def test_a_file_of_ones_own_is_a_sentence(without_keyring: Person, project: Path) -> None:
    (project / "typings").mkdir()
    (project / STUB).write_text("answer: int\n")
    done = without_keyring.types("init", project, "--yes")
    assert done.code == 2
    assert f"{STUB} is a file of your own" in done.err
    assert (project / STUB).read_text() == "answer: int\n"


@pytest.mark.parametrize("option", ["--diff", "--dry-run"])
def test_init_shows_what_it_would_do(without_keyring: Person, project: Path, option: str) -> None:
    before = files(project)
    done = without_keyring.types("init", project, option)
    assert done.code == 0
    assert '--- /dev/null\n+++ b/ruff.toml\n@@ -0,0 +1 @@\n+builtins = ["pipedream"]\n' in done.out
    assert files(project) == before


def test_init_changes_nothing_unless_somebody_agrees(without_keyring: Person, project: Path) -> None:
    before = files(project)
    done = without_keyring.types("init", project)
    assert (done.code, files(project)) == (2, before)
    assert "add --yes if it is meant" in done.err
    with without_keyring.at_terminal("init", project) as terminal:
        terminal.answers("Make these changes?", "n")
        assert terminal.ends() == 0
    assert files(project) == before


def test_init_a_second_time_changes_nothing(without_keyring: Person, project: Path) -> None:
    assert without_keyring.types("init", project, "--sandbox", "--yes", "--mypy").code == 0
    before = files(project)
    assert {"mypy.ini", "ruff.toml", STUB, "typings/pd_lsp_mypy.py", "typings/pd_lsp_mypy.pyi"} <= set(before)
    again = without_keyring.types("init", project, "--yes")
    assert (again.code, again.out) == (0, "Nothing to change: the project is set up.\n")
    assert files(project) == before


def test_init_calls_no_project_set_up_of_which_it_has_left_something_alone(
    without_keyring: Person, project: Path
) -> None:
    (project / "ruff.toml").write_text('builtins = "_"\n')
    first, again = (without_keyring.types("init", project, "--yes") for _ in range(2))
    assert "`builtins` is no list in it" in first.err
    assert again.out == "Nothing else to change.\n"


def test_a_folder_without_steps_is_said_to_be_one(without_keyring: Person, tmp_path: Path, project: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    said = "name the folder that holds your workflows"
    assert said in without_keyring.types("stub", tmp_path / "elsewhere").err
    assert said not in without_keyring.types("stub", project).err


def test_init_trusts_no_folder(without_keyring: Person, project: Path) -> None:
    without_keyring.types("init", project, "--yes")
    assert without_keyring.types("trust").out == ""
