"""The house itself: what importing it costs, what may stand in it, and that its lists are whole."""

import subprocess
import sys
from pathlib import Path

import pytest

from pd_lsp.cli.commands import COMMANDS
from tests.conftest import ROOT

HEAVY = ("httpx", "keyring", "jedi", "trustme", "cryptography", "sqlite3")


def tracked() -> list[Path]:
    """Every file that git tracks, or, where there is no git, every file of the project."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def imported_by(code: str) -> set[str]:
    """What a fresh interpreter has imported after `code`."""
    script = f"{code}\nimport sys\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_starting_the_server_imports_nothing_heavy() -> None:
    assert not imported_by("import pd_lsp.server.app, pd_lsp.server.transport") & set(HEAVY)


def test_a_run_from_the_command_line_imports_no_rules_and_nothing_heavy() -> None:
    rooms = "pd_lsp.cli.main, pd_lsp.cli.planning, pd_lsp.runs.run, pd_lsp.runs.packages, pd_lsp.runs.step_file"
    assert not imported_by(f"import {rooms}") & {*HEAVY, "pd_lsp.features.rules", "http.server"}


def test_names_that_are_kept_are_read_without_what_asks_for_them() -> None:
    code = (
        "from pd_lsp.accounts.caches import AccountCaches\n"
        "caches = AccountCaches({'PIPEDREAM_API_KEY': 'made-up-key'})\n"
        "assert caches.of(None).current.accounts == ()"
    )
    assert not imported_by(code) & set(HEAVY)


def test_the_command_line_imports_no_room_before_a_command_is_chosen() -> None:
    rooms = {f"pd_lsp.{room}" for room in ("server", "accounts", "execution", "runs", "syntax", "sandbox", "catalog")}
    assert not imported_by("import pd_lsp.cli.main, pd_lsp.cli.commands") & rooms


def test_the_package_itself_imports_nothing() -> None:
    assert not {name for name in imported_by("import pd_lsp") if name.startswith("pd_lsp.")}


def test_every_command_file_is_in_the_list() -> None:
    files = {file.stem for file in (ROOT / "pd_lsp" / "cli").glob("*.py") if "def add_parser(" in file.read_text()}
    assert files == {command.__name__.rpartition(".")[2] for command in COMMANDS}


@pytest.mark.parametrize(
    "banned", ["../" + "shared", "--extra-" + "index-url", "pypi." + "org/simple", '"resolved' + '":']
)
def test_no_file_says_what_none_should(banned: str) -> None:
    saying = [file.relative_to(ROOT) for file in tracked() if banned.encode() in file.read_bytes()]
    assert saying == []


def test_every_pinned_requirement_has_a_hash() -> None:
    for file in (ROOT / "requirements").glob("*.txt"):
        blocks = file.read_text().replace("\\\n", " ").splitlines()
        pinned = [block for block in blocks if "==" in block and not block.lstrip().startswith("#")]
        assert pinned
        assert all("--hash=sha256:" in block for block in pinned), file.name


def test_there_is_no_lock_file_that_records_addresses() -> None:
    assert not (ROOT / "uv.lock").exists()


def test_every_decision_that_the_code_quotes_is_on_the_page_of_decisions() -> None:
    import re  # noqa: PLC0415 - for this one test

    page = (ROOT / "docs" / "threat-model.md").read_text()
    decided = set(re.findall(r"\bD\d{1,2}\b", page))
    quoted = {
        number
        for file in [*(ROOT / "pd_lsp").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
        for number in re.findall(r"\bD([1-9]|[12]\d)\b", file.read_text())
    }
    assert {f"D{number}" for number in quoted} <= decided
