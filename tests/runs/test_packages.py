"""The Python of a step with its packages: real uv, real environments, an index that is a folder."""

import asyncio
import json
import os
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pd_lsp.execution.uv import PackagesError
from pd_lsp.private_files import cache_folder, state_folder
from pd_lsp.runs.packages import NewPackages, PackagesRefusedError, StepPython, known_python, step_python
from tests import samples
from tests.wheels import wheel


@dataclass
class Asked:
    """Somebody who agrees, or does not, and remembers what was asked and said."""

    agrees: bool = True
    questions: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    async def agree(self, new: NewPackages) -> bool:
        self.questions.append(new.question)
        return self.agrees

    def python(self, text: str, file: str = "/project/step.py", *, workflow: bool = False) -> StepPython:
        snapshot = samples.in_workflow(text) if workflow else samples.snapshot(text)
        return asyncio.run(step_python(snapshot, Path(file), self.agree, self.said.append))


@pytest.fixture
def person(index: Path) -> Asked:
    assert index.is_dir()
    return Asked()


def says(python: StepPython, code: str) -> str:
    return subprocess.run([python.path, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_a_step_without_packages_needs_no_question(person: Asked) -> None:
    python = person.python("import json\n")
    assert says(python, "print(1)") == "1"
    assert (person.questions, person.said) == ([], [])


def test_packages_are_named_with_their_versions_and_installed(person: Asked) -> None:
    python = person.python("import tabulate\n")
    assert "tabulate 0.9.0, wcwidth-zz 1.2, from a folder of this machine." in person.questions[0]
    assert "On no list" not in person.questions[0]
    assert says(python, "import tabulate; print(tabulate.VERSION)") == "0.9.0"


def test_the_same_set_is_asked_for_once(person: Asked) -> None:
    first, again = person.python("import tabulate\n"), person.python("import tabulate\nimport json\n")
    assert first == again
    assert len(person.questions) == 1


def test_what_a_step_would_get_is_known_before_and_after_without_a_question(person: Asked) -> None:
    snapshot = samples.snapshot("import tabulate\n")
    before = asyncio.run(known_python(snapshot, Path("/project/step.py")))
    assert (before.missing, before.why in ("machine", "own")) == (("tabulate",), True)
    assert person.questions == []
    python = person.python("import tabulate\n")
    after = asyncio.run(known_python(snapshot, Path("/project/step.py")))
    assert (after.path, after.why, after.missing) == (python.path, "packages", ())


def test_the_same_versions_stay_when_newer_ones_appear(person: Asked, index: Path) -> None:
    person.python("import tabulate\n")
    wheel(index, "tabulate", "0.10.0", needs=("wcwidth-zz",))
    assert says(person.python("import tabulate\n"), "import tabulate; print(tabulate.VERSION)") == "0.9.0"


def test_steps_of_a_workflow_share_a_version_and_only_what_is_new_is_asked_for(person: Asked, index: Path) -> None:
    person.python("import tabulate\n", workflow=True)
    wheel(index, "tabulate", "0.10.0", needs=("wcwidth-zz",))
    wheel(index, "markdown", "3.5", module="markdown")
    python = person.python("import tabulate, markdown\n", "/project/other.py", workflow=True)
    assert "\nmarkdown 3.5, from" in person.questions[1]
    assert says(python, "import tabulate, markdown; print(tabulate.VERSION, markdown.VERSION)") == "0.9.0 3.5"


def test_a_step_of_another_workflow_with_the_same_packages_shares_the_environment(person: Asked) -> None:
    one, other = person.python("import tabulate\n"), person.python("import tabulate\n", "/elsewhere/step.py")
    assert one.path == other.path
    assert len(person.questions) == 2, "each workflow has a lock of its own"
    assert len(person.said) == 1, "nothing was installed twice"


def test_an_environment_that_was_deleted_is_made_again_without_a_question(person: Asked) -> None:
    python = person.python("import tabulate\n")
    subprocess.run(["rm", "-r", cache_folder() / "environments"], check=True)
    assert person.python("import tabulate\n") == python
    assert says(python, "import tabulate; print(1)") == "1"
    assert len(person.questions) == 1


def test_who_does_not_agree_gets_nothing_and_is_asked_again(person: Asked) -> None:
    person.agrees = False
    for _ in range(2):
        with pytest.raises(PackagesRefusedError, match="Not run: its packages were not installed"):
            person.python("import tabulate\n")
    assert len(person.questions) == 2
    assert not (cache_folder() / "environments").exists()


def test_a_name_on_no_list_is_called_so(person: Asked, index: Path) -> None:
    wheel(index, "reqeusts-zz", "6.6.6")
    person.python("import reqeusts_zz\n")
    assert "On no list of known packages: reqeusts-zz." in person.questions[0]


def test_a_package_that_no_index_has_is_named_with_a_way_out(person: Asked) -> None:
    with pytest.raises(PackagesError, match=r"no index has markdown\. Choose a Python that has them") as failed:
        person.python("import tabulate, markdown\n")
    assert "\n" not in str(failed.value)
    assert person.questions == []


def test_a_source_package_is_not_built(person: Asked, index: Path) -> None:
    (index / "markdown-1.0.tar.gz").write_bytes(b"setup.py would run here")
    with pytest.raises(PackagesError, match="markdown"):
        person.python("import markdown\n")


def test_other_files_under_an_agreed_version_are_refused(person: Asked, index: Path) -> None:
    person.python("import tabulate\n")
    subprocess.run(["rm", "-r", cache_folder() / "environments", index.parent / "uv"], check=True)
    wheel(index, "tabulate", "0.9.0", module="trap")
    with pytest.raises(PackagesError, match="other files than before"):
        person.python("import tabulate\n")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"tabulate": 1}', '{"tabulate": {"python": "/none", "pins": []}}'])
def test_a_damaged_lock_costs_a_question(person: Asked, text: str) -> None:
    person.python("import tabulate\n")
    (lock,) = (state_folder() / "packages").glob("*.json")
    lock.write_text(text)
    person.python("import tabulate\n")
    assert len(person.questions) == 2
    assert json.loads(lock.read_text())["tabulate"]["pins"][0].startswith("tabulate==0.9.0 --hash=sha256:")


def test_a_configuration_in_the_folder_of_the_step_names_no_index(
    person: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = tmp_path / "hostile"
    hostile.mkdir()
    wheel(hostile / "wheels", "tabulate", "6.6.6")
    (hostile / "uv.toml").write_text(f'find-links = ["{hostile / "wheels"}"]\n')
    monkeypatch.chdir(hostile)
    python = person.python("import tabulate\n", str(hostile / "step.py"))
    assert says(python, "import tabulate; print(tabulate.VERSION)") == "0.9.0"


def test_two_that_install_the_same_at_once_share_one_environment(person: Asked) -> None:
    async def both() -> list[StepPython]:
        ways = [
            step_python(samples.snapshot("import tabulate\n"), Path(f"/{name}.py"), person.agree, person.said.append)
            for name in "ab"
        ]
        return await asyncio.gather(*ways)

    one, other = asyncio.run(both())
    assert one.path == other.path
    assert [file.name for file in (cache_folder() / "environments").glob(".*") if file.is_dir()] == []


def test_other_files_under_an_agreed_version_are_asked_about_for_another_step(person: Asked, index: Path) -> None:
    person.python("import tabulate\n", workflow=True)
    subprocess.run(["rm", "-r", index.parent / "uv"], check=True)
    wheel(index, "tabulate", "0.9.0", module="trap")
    person.agrees = False
    with pytest.raises(PackagesRefusedError):
        person.python("# pipedream add-package wcwidth-zz\nimport tabulate\n", "/project/other.py", workflow=True)
    assert "\ntabulate 0.9.0, from" in person.questions[1]


def test_a_comment_can_change_the_version_that_was_agreed_to(person: Asked, index: Path) -> None:
    wheel(index, "markdown", "3.5")
    wheel(index, "markdown", "3.6")
    text = "# pipedream add-package markdown=={}\nimport markdown\n"
    for version in ("3.5", "3.6", "3.5"):
        python = person.python(text.format(version))
        assert says(python, "import markdown; print(markdown.VERSION)") == version
    assert len(person.questions) == 2


def test_versions_that_do_not_fit_another_step_are_asked_about(person: Asked, index: Path) -> None:
    wheel(index, "markdown", "3.5")
    person.python("import tabulate, markdown\n", workflow=True)
    wheel(index, "tabulate", "0.10.0", needs=("wcwidth-zz",))
    wheel(index, "tabulate-more", "1.0", needs=("tabulate>=0.10",))
    python = person.python("# pipedream add-package tabulate-more\n", "/project/other.py", workflow=True)
    assert "\ntabulate 0.10.0, tabulate-more 1.0, from" in person.questions[1]
    assert says(python, "import tabulate; print(tabulate.VERSION)") == "0.10.0"


def test_a_python_that_was_replaced_keeps_versions_and_is_not_asked_about(
    person: Asked, index: Path, tmp_path: Path
) -> None:
    person.python("import tabulate\n")
    (lock,) = (state_folder() / "packages").glob("*.json")
    document = json.loads(lock.read_text())
    document["tabulate"] |= {"python": str(tmp_path / "gone"), "target": str(tmp_path / "gone")}
    lock.write_text(json.dumps(document))
    wheel(index, "tabulate", "0.10.0", needs=("wcwidth-zz",))
    python = person.python("import tabulate\n")
    assert says(python, "import tabulate; print(tabulate.VERSION)") == "0.9.0"
    assert len(person.questions) == 1


def test_no_python_of_the_folder_is_started_to_look_at_it(
    person: Asked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "project" / ".venv" / "bin" / "python3.12"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\ntouch {tmp_path / 'started'}\nexit 1\n")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")
    person.python("import json\n", str(tmp_path / "project" / "step.py"))
    assert not (tmp_path / "started").exists()


def test_an_environment_that_can_not_be_put_in_its_place_is_named(person: Asked) -> None:
    python = person.python("import tabulate\n")
    place = python.path.parents[1]
    shutil.rmtree(place)
    place.write_text("in the way")
    with pytest.raises(PackagesError, match=f"The environment {place} can't be made .*delete it"):
        person.python("import tabulate\n")
    assert not [file for file in place.parent.iterdir() if file.is_dir()]
