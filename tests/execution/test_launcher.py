"""On Windows the `python.exe` of an environment only starts another one: that one is meant (D9)."""

from pathlib import Path

from pd_lsp.execution.supervisor.windows.launcher import real_python


def environment(folder: Path, configuration: str) -> str:
    python = folder / "Scripts" / "python.exe"
    python.parent.mkdir(parents=True)
    python.touch()
    (folder / "pyvenv.cfg").write_text(configuration)
    return str(python)


def test_the_python_that_an_environment_was_made_with_is_started_and_told_which_environment_is_meant(
    tmp_path: Path,
) -> None:
    home = tmp_path / "Python 3.12"
    home.mkdir()
    (home / "python.exe").touch()
    python = environment(tmp_path / "venv", f"include-system-site-packages = false\nHome = {home}\n")
    assert real_python(python) == (str(home / "python.exe"), {"__PYVENV_LAUNCHER__": python})


def test_an_environment_whose_python_is_gone_is_started_as_it_is(tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", f"home = {tmp_path / 'gone'}\n")
    assert real_python(python) == (python, {})


def test_an_environment_that_does_not_say_what_it_was_made_with_is_started_as_it_is(tmp_path: Path) -> None:
    python = environment(tmp_path / "venv", "version = 3.12.1\n")
    assert real_python(python) == (python, {})


def test_a_python_outside_of_any_environment_is_started_as_it_is(tmp_path: Path) -> None:
    python = str(tmp_path / "python.exe")
    assert real_python(python) == (python, {})
