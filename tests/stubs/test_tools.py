"""Setting the tools of a project up: what is changed, what is kept, what is left alone."""

import subprocess
import sys
from pathlib import Path

import pytest

from pd_lsp.stubs.change import write
from pd_lsp.stubs.tools import tool_changes

PYPROJECT = """\
# of the team
[project]
name = "steps"   # as in the shop

[tool.ruff]
line-length = 100
builtins = [
  "_",  # gettext
]

[tool.mypy]
strict = true

[tool.ty.rules]
possibly-unresolved-reference = "warn"
"""


DOTTED = """\
tool.ruff.builtins = ["pipedream"]
tool.ruff.line-length = 90
dependency-groups.dev = ["mypy"]
"""


def set_up(folder: Path, *, for_mypy: bool = False) -> tuple[str, ...]:
    """Makes the changes; what was left alone, as sentences."""
    changes, notes = tool_changes(folder, for_mypy=for_mypy)
    write(changes)
    return notes


def test_a_project_without_any_settings_gets_those_of_ruff_alone(tmp_path: Path) -> None:
    assert set_up(tmp_path) == ()
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"ruff.toml": 'builtins = ["pipedream"]\n'}


def test_settings_that_are_there_are_added_to_and_keep_their_comments_and_order(tmp_path: Path) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_text(PYPROJECT)
    assert set_up(tmp_path) == ()
    text = file.read_text()
    added = {
        'builtins = [\n  "_",  # gettext\n  "pipedream",\n]': 'builtins = [\n  "_",  # gettext\n]',
        'plugins = ["typings/pd_lsp_mypy.py"]\nmypy_path = "$MYPY_CONFIG_FILE_DIR/typings"\n': "",
        '\n[tool.ty.environment]\nextra-paths = ["typings"]\n': "",
    }
    for new, old in added.items():
        assert new in text
        text = text.replace(new, old)
    assert text.split() == PYPROJECT.split()


def test_a_second_time_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / ".git").mkdir()
    (tmp_path / ".env").touch()
    set_up(tmp_path, for_mypy=True)
    assert tool_changes(tmp_path, for_mypy=True) == ((), ())


@pytest.mark.parametrize("name", ["ruff.toml", ".ruff.toml"])
def test_ruffs_own_file_counts_before_pyproject(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("line-length = 90\n")
    (tmp_path / "pyproject.toml").write_text("[tool.ruff]\n")
    set_up(tmp_path)
    assert (tmp_path / name).read_text() == 'line-length = 90\nbuiltins = ["pipedream"]\n'
    assert (tmp_path / "pyproject.toml").read_text() == "[tool.ruff]\n"


def test_settings_of_ruff_in_a_folder_above_are_not_hidden_by_new_ones(tmp_path: Path) -> None:
    (tmp_path / "ruff.toml").write_text("line-length = 90\n")
    project = tmp_path / "project"
    project.mkdir()
    [note] = set_up(project)
    assert f'{tmp_path / "ruff.toml"}: add "pipedream" to the `builtins` of Ruff there' in note
    assert [*project.iterdir()] == []


def test_ruff_then_takes_the_name_of_a_handler_for_known(tmp_path: Path) -> None:
    (tmp_path / "step.py").write_text('def handler(pd: "pipedream"):\n    return 1\n')
    assert "F821" in ruff(tmp_path)
    set_up(tmp_path)
    assert "F821" not in ruff(tmp_path)


def ruff(folder: Path) -> str:
    command = [Path(sys.executable).with_name("ruff"), "check", "--no-cache", "--select", "F", "."]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("pyproject.toml", "[tool.ruff\n", "pyproject.toml is broken TOML and was left alone"),
        ("ruff.toml", 'builtins = "pipedream"\n', "`builtins` is no list in it"),
        ("pyproject.toml", 'tool = "x"\n', "`tool` is no table in it"),
        ("mypy.ini", "[mypy]\nplugins = own.py\n", "mypy.ini has `plugins` or `mypy_path` of its own"),
        ("pyrightconfig.json", '{"stubPath": "stubs"}', "sends Pyright to stubs for stubs"),
        ("ruff.toml", b"\xff\xfe", "ruff.toml is not UTF-8"),
        (
            "pyproject.toml",
            "[tool]\nruff = {builtins = ['pipedream']}\nty = {}\n",
            "`extra-paths` in the `environment`",
        ),
        ("pyproject.toml", DOTTED, "pyproject.toml was left alone, because its tables are written in a way"),
    ],
)
def test_what_is_broken_or_odd_is_said_and_left_as_it_is(
    tmp_path: Path, name: str, text: str | bytes, said: str
) -> None:
    content = text if isinstance(text, bytes) else text.encode()
    (tmp_path / name).write_bytes(content)
    notes = set_up(tmp_path)
    assert any(said in note for note in notes), notes
    assert (tmp_path / name).read_bytes() == content


@pytest.mark.parametrize("name", ["mypy.ini", "setup.cfg"])
def test_an_ini_file_of_mypy_gets_two_lines_and_keeps_the_rest(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"# ours\r\n[mypy]\r\nstrict = True\r\n")
    set_up(tmp_path)
    assert (tmp_path / name).read_bytes() == (
        b"# ours\r\n[mypy]\r\nplugins = typings/pd_lsp_mypy.py\r\n"
        b"mypy_path = $MYPY_CONFIG_FILE_DIR/typings\r\nstrict = True\r\n"
    )


@pytest.mark.parametrize("name", ["mypy.ini", ".mypy.ini"])
def test_a_file_of_mypy_that_says_nothing_of_mypy_itself_keeps_what_it_has(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("[mypy-requests]\nignore_missing_imports = True\n")
    (tmp_path / "requirements.txt").write_text("mypy\n")
    set_up(tmp_path)
    assert (tmp_path / name).read_text() == (
        "[mypy]\nplugins = typings/pd_lsp_mypy.py\nmypy_path = $MYPY_CONFIG_FILE_DIR/typings\n\n"
        "[mypy-requests]\nignore_missing_imports = True\n"
    )
    assert not [file for file in tmp_path.glob("*mypy.ini") if file.name != name]


def test_the_head_of_an_ini_file_may_have_a_comment(tmp_path: Path) -> None:
    (tmp_path / "mypy.ini").write_text("[mypy] # ours\nstrict = True\n")
    set_up(tmp_path)
    assert (tmp_path / "mypy.ini").read_text().startswith("[mypy] # ours\nplugins = typings/pd_lsp_mypy.py\n")


def test_a_folder_of_a_longer_name_is_not_that_of_the_stub(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.mypy]\nmypy_path = "$MYPY_CONFIG_FILE_DIR/typings2"\n')
    set_up(tmp_path)
    assert '/typings2:$MYPY_CONFIG_FILE_DIR/typings"' in (tmp_path / "pyproject.toml").read_text()


@pytest.mark.parametrize("requirement", ['[dependency-groups]\ndev = ["mypy>=1", "ty"]\n', "mypy==1.0\nty # checks\n"])
def test_a_tool_that_is_required_is_set_up_before_it_has_settings(tmp_path: Path, requirement: str) -> None:
    name = "pyproject.toml" if "[" in requirement else "requirements-dev.txt"
    (tmp_path / name).write_text(requirement)
    set_up(tmp_path)
    written = "".join(file.read_text() for file in tmp_path.iterdir())
    assert "pd_lsp_mypy.py" in written
    assert "extra-paths" in written


def test_secrets_are_kept_out_of_git(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").write_text("dist/")
    set_up(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "dist/\n.env\n"


def test_a_file_of_settings_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "ruff.toml"
    file.touch()
    file.chmod(0o640)
    set_up(tmp_path)
    assert file.stat().st_mode & 0o777 == 0o640
