"""Helix, as docs/editors/helix.md configures it, beside pylsp. It answers no question of a server."""

import subprocess
from pathlib import Path

import pytest

from tests.editors.others.conftest import ROOT, STEP, StartEditor, program, recipes
from tests.editors.others.terminal import Terminal

BESIDE = '"basedpyright"'


@pytest.fixture
def helix(start: StartEditor, home: Path) -> Terminal:
    """A step in Helix, with the caret in a key, served by pd-lsp."""
    program("pylsp", "python3-pylsp")
    helix = ROOT / "build" / "helix" / "hx"
    assert helix.exists(), "Helix is missing: run `make e2e-others`."
    languages, *_, settings = recipes("helix.md", "toml")
    assert BESIDE in languages
    folder = home / "config" / "helix"
    folder.mkdir(parents=True)
    (folder / "languages.toml").write_text(languages.replace(BESIDE, '"pylsp"'))
    (folder / "config.toml").write_text(settings)
    editor = start([str(helix), "-v", f"{STEP}:19:20"])
    log = home / "cache" / "helix" / "helix.log"
    asked = "pdLsp.rules"  # by pd-lsp, once it is there
    editor.until(lambda: log.exists() and asked in log.read_text("utf-8"), "a word of pd-lsp", 60)
    return editor


def go_to(editor: Terminal, line: int) -> None:
    editor.type(f":{line}", "Enter")


def test_helix_shows_what_a_key_stands_for(helix: Terminal) -> None:
    helix.type("Space", "k")
    helix.until_seen("a key of OpenAI")


def test_helix_completes_keys(helix: Terminal) -> None:
    go_to(helix, 20)
    helix.type("o", 'x = pd.inputs["op')
    helix.until_matched(r"openai +field")
    helix.type("Tab", "Enter")
    helix.until_seen('x = pd.inputs["openai"]')


def test_helix_inserts_a_template(helix: Terminal) -> None:
    go_to(helix, 20)
    helix.type("Space", "a")
    helix.until_seen("Insert OpenAI: Ask a model a question")
    helix.type("Down", "Enter")
    helix.until(lambda: helix.screen().count("https://api.openai.com/") == 2, "a second request")


def test_helix_runs_a_step_that_was_allowed_and_names_the_command_before(
    helix: Terminal, workspace: Path, environment: dict[str, str]
) -> None:
    def run() -> None:
        helix.type("Space", "a")
        helix.until_seen("Insert OpenAI: Ask a model a question")
        assert "Run step" in helix.screen()
        helix.type("Enter")

    run()
    helix.until_seen("Type `pd-lsp allow")
    python = ROOT / ".venv-examples" / "bin" / "python"
    allowing = ["pd-lsp", "allow", str(workspace / STEP), "--sandbox", "--python", str(python)]
    subprocess.run(allowing, check=True, capture_output=True, env=environment)
    run()
    helix.until_seen("welcome_text succeeded after")
