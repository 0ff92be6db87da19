"""Accounts and workflows in view: their states, a choice, a step to go to, and the line that says whose accounts."""

import json
import sys
from pathlib import Path

import pytest

from tests.editors.neovim.conftest import WORKFLOW, StartNeovim

STEP = f"{WORKFLOW}/welcome_text/entry.py"
LINE = "vim.o.statusline = \"%f %{v:lua.require'pd_lsp'.status()}\""
FROM_LINE = "require('pd_lsp').status()"


def test_the_accounts_are_listed_with_their_states_and_one_is_chosen(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdAccounts")
    screen = editor.until_seen("GitHub: octo-home (development)")
    assert "Accounts (sandbox)." in screen
    editor.choose("GitHub: octo-home")
    editor.choose("Use it in this project")
    editor.until_read("octo-home is used for GitHub in this project.")
    editor.command("PdAccounts")
    editor.until_seen("GitHub: octo-home (development), used in this project")
    editor.type("Enter")
    editor.command("PdAccounts")
    editor.choose("Bases (revoked) (development), no longer connected")
    editor.until_seen("Connect it again")


def test_an_account_is_chosen_where_an_app_has_several_and_of_others_there_is_nothing_to_choose(
    neovim: StartNeovim,
) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdChooseAccount")
    assert "OpenAI" not in editor.until_seen("GitHub: octo-home (development)")
    editor.choose("GitHub: octo-home")
    editor.until_read("octo-home is used for GitHub in this project.")


def test_who_has_no_accounts_reads_that_there_is_nothing_to_choose(neovim: StartNeovim) -> None:
    editor = neovim(STEP, sandbox=False)
    editor.until_served()
    editor.command("PdChooseAccount")
    editor.until_read("No app has several accounts")


def test_an_account_of_another_app_is_connected_from_the_list(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdAccounts")
    editor.choose("Connect an account of another app")
    editor.until_seen("Connect an account of which app?")


def test_who_is_not_signed_in_is_offered_to_sign_in(neovim: StartNeovim) -> None:
    editor = neovim(STEP, sandbox=False)
    editor.until_served()
    editor.command("PdAccounts")
    editor.until_seen("Accounts (signed out).")
    editor.choose("Sign in to Pipedream")
    editor.choose("OAuth client")
    editor.until_seen("Connect project (proj_…):")


def test_without_trust_the_list_offers_to_trust_the_folder(neovim: StartNeovim, workspace: Path) -> None:
    editor = neovim(STEP, trusted=False, sandbox=False)
    editor.until_served()
    editor.command("PdAccounts")
    editor.choose("Trust the folder")
    editor.choose(str(workspace.resolve().name))
    editor.until_seen("[Process exited 0]")


def test_the_workflows_are_listed_with_the_last_result_of_each_step_and_one_is_gone_to(neovim: StartNeovim) -> None:
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdRun")
    editor.choose("Run once")
    editor.until_printed("succeeded after")
    editor.command("PdWorkflows")
    screen = editor.until_seen("› welcome_text: succeeded, 2")
    assert "› parse_body: not run yet" in screen
    editor.choose("› parse_body")
    editor.until("vim.fn.expand('%:p:h:t') == 'parse_body'")
    assert editor.lua("vim.fn.getline('.'):find('def handler') ~= nil")
    editor.until_served()


def test_without_trust_there_is_no_workflow_to_go_to(neovim: StartNeovim) -> None:
    editor = neovim(STEP, trusted=False)
    editor.until_served()
    editor.command("PdWorkflows")
    editor.until_read("There is no workflow.yaml in a folder that you have trusted")


def test_a_name_from_a_workflow_stands_in_one_line_as_text_alone(neovim: StartNeovim, workspace: Path) -> None:
    file = workspace / WORKFLOW / "workflow.yaml"
    text = file.read_text()
    file.write_text('name: "two\\nlines\\e[31m"\n' + "".join(text.partition("steps:")[1:]))
    editor = neovim(STEP)
    editor.until_served()
    editor.command("PdWorkflows")
    editor.until_seen("two lines [31m › welcome_text")


def test_the_status_line_says_whose_accounts_and_nothing_in_another_file(neovim: StartNeovim) -> None:
    editor = neovim(STEP, init=LINE)
    editor.until_served()
    editor.until_seen("welcome_text/entry.py pd-lsp: sandbox, 1 account dead")
    editor.command("edit README.md")
    editor.until("vim.fn.expand('%') == 'README.md'")
    assert editor.lua(FROM_LINE) == ""


@pytest.mark.parametrize("environment", ["development", "production"])
def test_the_status_line_follows_a_sign_in_and_names_production(neovim: StartNeovim, environment: str) -> None:
    editor = neovim(STEP, sandbox=False, init=LINE)
    editor.until_served()
    editor.until_seen("pd-lsp: signed out")
    file = Path(editor.environment["XDG_CONFIG_HOME"]) / "pd-lsp" / "config.json"
    project = {
        "project_id": "proj_acme",
        "external_user_id": "me",
        "environment": environment,
        "url": "http://127.0.0.1:9",
        "client_id": "client",
        "secret_command": [sys.executable, "-c", "print('made-up-secret')"],
    }
    document = json.loads(file.read_text()) if file.exists() else {}
    written = file.with_name("new.json")
    file.parent.mkdir(exist_ok=True, mode=0o700)
    written.write_text(json.dumps({**document, "projects": [project]}))
    written.chmod(0o600)
    written.replace(file)
    editor.command("lua vim.lsp.buf.hover()")  # the next question of any kind
    shown = "PRODUCTION" if environment == "production" else environment
    editor.until_seen(f"pd-lsp: proj_acme, {shown}")
