import sys
from pathlib import Path

import pytest

from pd_lsp.execution.errors import NoInterpreterError, RunError
from pd_lsp.execution.interpreter import choose_interpreter
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
