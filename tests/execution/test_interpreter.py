import sys
from pathlib import Path

import pytest

from pd_lsp.execution.errors import NoInterpreterError, RunError
from pd_lsp.execution.interpreter import choose_interpreter, version_of
from tests.execution.running import handle


def test_without_a_choice_steps_run_in_our_own_python() -> None:
    assert choose_interpreter(None).path == Path(sys.executable)


def test_a_chosen_link_stays_a_link_as_it_says_which_environment_is_meant(tmp_path: Path) -> None:
    link = tmp_path / "python"
    link.symlink_to(sys.executable)
    assert choose_interpreter(link).path == link


def test_an_interpreter_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoInterpreterError, match="There is no .*python9: choose an interpreter that exists"):
        choose_interpreter(tmp_path / "python9")


def test_a_folder_is_refused_with_the_name_of_the_python_in_it(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is a folder: choose the Python in it, such as .*/bin/python"):
        choose_interpreter(tmp_path)


def test_a_file_that_can_not_be_executed_is_refused(tmp_path: Path) -> None:
    (tmp_path / "python").write_text("")
    with pytest.raises(NoInterpreterError, match="can't be executed"):
        choose_interpreter(tmp_path / "python")


def test_choosing_starts_nothing(tmp_path: Path) -> None:
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    program.chmod(0o755)
    assert choose_interpreter(program).path == program
    assert not (tmp_path / "started").exists()


async def test_a_step_runs_in_the_environment_of_its_interpreter(steps_python: Path) -> None:
    done = await handle("import requests\nreturn [sys.prefix, requests.__name__]", interpreter=steps_python)
    assert done.result.returned == [str(steps_python.parent.parent), "requests"]


def test_the_launcher_of_windows_is_refused_with_the_way_to_the_real_one(tmp_path: Path) -> None:
    (tmp_path / "py.exe").touch(mode=0o755)
    with pytest.raises(NoInterpreterError, match=r'choose that one, which is printed by py -c "import sys'):
        choose_interpreter(tmp_path / "py.exe")


@pytest.mark.parametrize(
    ("configuration", "version"),
    [
        ("home = /usr/bin\nversion = 3.12.4\n", "3.12.4"),
        ("home = /usr/bin\nversion_info = 3.11.2.final.0\n", "3.11.2"),
        ("version = new\n", None),
        ("\0" * 100, None),
    ],
)
def test_a_version_is_read_and_nothing_is_started_for_it(
    tmp_path: Path, configuration: str, version: str | None
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "pyvenv.cfg").write_text(configuration)
    assert version_of(tmp_path / "bin" / "python") == version


def test_without_an_environment_the_file_that_it_is_tells_the_version(tmp_path: Path) -> None:
    (tmp_path / "python3.12").touch()
    (tmp_path / "python3").symlink_to("python3.12")
    assert version_of(tmp_path / "python3") == "3.12"
    assert version_of(tmp_path / "program") is None
