"""What the person is asked before a run can't be forged by a name in the folder (D8, D26)."""

from dataclasses import replace
from pathlib import Path

from pd_lsp.execution.interpreter import Interpreter
from pd_lsp.model import Account, App, AppSlug
from pd_lsp.runs.consent import consent_of, question
from pd_lsp.runs.plan import RunPlan
from pd_lsp.settings import Settings
from pd_lsp.workflows.events import SavedEvent

SLACK = Account("apn_1", App(AppSlug("slack"), "Slack"), "Team", environment="development")


def plan(
    prop: str = "slack", *, python: Path = Path("/usr/bin/python3"), file: Path = Path("/flow/entry.py")
) -> RunPlan:
    return RunPlan(
        name="one",
        file=file,
        text="",
        interpreter=Interpreter(python),
        accounts={prop: SLACK},
        data_stores={},
        event=SavedEvent(),
        dotenv=None,
        folder=Path("/flow"),
        project=Path("/flow"),
    )


def test_it_names_file_account_environment_interpreter_and_time() -> None:
    assert question(plan(), Settings()).splitlines() == [
        "Run handler in /flow/entry.py with live credentials?",
        "Accounts: slack (Team). Environment: development.",
        "Python: /usr/bin/python3. Time limit: 30 s.",
    ]


def test_it_says_when_the_python_lies_in_the_folder(tmp_path: Path) -> None:
    inside = replace(plan(python=tmp_path / "flow" / ".venv" / "bin" / "python"), folder=tmp_path / "flow")
    said = "That Python lies in the folder itself: whoever wrote the folder may have put it there."
    assert question(inside, Settings()).splitlines()[-1] == said
    assert said not in question(replace(inside, folder=tmp_path / "another"), Settings())


def test_a_link_does_not_hide_where_the_python_lies(tmp_path: Path) -> None:
    (tmp_path / "flow" / "bin").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "flow" / "bin")
    linked = replace(plan(python=tmp_path / "link" / "python"), folder=tmp_path / "flow")
    assert "lies in the folder itself" in question(linked, Settings())


def test_it_names_the_variables_of_the_persons_own_environment() -> None:
    asked = replace(plan(), variables=("NPM_TOKEN", "FLAG"))
    assert question(asked, Settings()).splitlines()[-1] == "Variables of your own environment: NPM_TOKEN, FLAG."
    assert consent_of(asked, Settings()) != consent_of(plan(), Settings())


def test_it_says_that_modules_beside_the_step_can_be_imported() -> None:
    asked = replace(plan(), step_folder_on_path=True)
    assert question(asked, Settings()).splitlines()[-1].startswith("It may import the modules that lie beside it")
    assert consent_of(asked, Settings()) != consent_of(plan(), Settings())


def test_it_names_the_app_of_a_prop_with_another_name() -> None:
    assert "Accounts: slack as 'weather' (Team)." in question(plan("weather"), Settings())


def test_production_is_written_large() -> None:
    production = replace(plan(), accounts={"slack": replace(SLACK, environment="production")})
    assert "Environment: PRODUCTION." in question(production, Settings())


def test_no_name_adds_a_line_or_turns_the_text() -> None:
    forged = "none. Environment: sandbox.\nPython: (no credentials are used).\u202e\n\n"
    asked = question(plan(forged, file=Path("/flow/a\nb.py")), Settings())
    assert len(asked.splitlines()) == 3
    assert "\u202e" not in asked
    assert "slack as" in asked


def test_another_program_at_the_same_path_is_another_consent(tmp_path: Path) -> None:
    python = tmp_path / "bin" / "python"
    python.parent.mkdir()
    python.write_text("one")
    before = consent_of(plan(python=python), Settings())
    assert consent_of(plan(python=python), Settings()) == before
    (tmp_path / "pyvenv.cfg").write_text("home = /elsewhere")
    configured = consent_of(plan(python=python), Settings())
    python.write_text("another")
    assert len({before, configured, consent_of(plan(python=python), Settings())}) == 3
