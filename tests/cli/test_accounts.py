"""`pd-lsp accounts` and what stands below it: accounts that are listed, connected, chosen and allowed."""

import os
from pathlib import Path

import pytest

from pd_lsp.model import AppSlug, local_account_id
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Fault
from tests.cli.person import Person, sign_in, step

VALUE = "sk-made-up-0123456789"
OURS = local_account_id(AppSlug("openai"), "default")


def test_each_has_its_keys_and_where_they_are_known_from(signed_in: Person) -> None:
    done = signed_in.types("accounts")
    assert done.code == 0
    assert "openai             Team key\n                   apn_openaikey: api_key  [the app's own list]\n" in done.out
    assert "airtable_oauth     Bases (revoked) (dead: connect it again)\n" in done.out
    assert "linear_app         Team key (unhealthy: its last renewal failed)\n" in done.out
    assert "oauth_uid, …  [every OAuth account]\n" in done.out


def test_those_of_production_are_marked(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox, "--environment", "production")
    assert "openai             Production key (PRODUCTION)\n" in person.types("accounts").out
    [account] = person.types("accounts", "--json").document["accounts"]
    assert (account["id"], account["environment"]) == ("apn_openaiprod", "production")


def test_the_environment_of_a_folder_counts_in_it(signed_in: Person, sandbox: Sandbox) -> None:
    inner = signed_in.folder / "project" / "flow-p_1"
    inner.mkdir(parents=True)
    sign_in(signed_in, sandbox, "--folder", "project", "--environment", "production")
    assert "PRODUCTION" in signed_in.types("accounts", "--folder", inner).out
    assert "PRODUCTION" not in signed_in.types("accounts").out


def test_a_service_that_fails_is_a_sentence(signed_in: Person, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=403), path="/v1/connect/*/accounts", times=None)
    done = signed_in.types("accounts")
    assert (done.code, done.out) == (2, "")
    assert "scope connect:accounts:read" in done.err


def test_what_is_kept_here_is_listed_where_the_service_fails(signed_in: Person, sandbox: Sandbox) -> None:
    assert signed_in.types("accounts", "add", "openai", given=f"api_key={VALUE}").code == 0
    sandbox.fail(Fault(status=500), path="/v1/connect/*/accounts", times=None)
    done = signed_in.types("accounts")
    assert done.code == 0
    assert f"{OURS}: api_key  [the list here]" in done.out
    assert "Some may be missing. 127.0.0.1:" in done.out
    document = signed_in.types("accounts", "--json").document
    assert (document["complete"], len(document["problems"]), len(document["accounts"])) == (False, 1, 1)


def test_options_before_the_command_below_count(without_keyring: Person) -> None:
    before = without_keyring.types("accounts", "--sandbox", "connect", "slack_v2")
    assert before.out.endswith("&app=slack_v2\n"), before.err
    after = without_keyring.types("accounts", "connect", "slack_v2", "--sandbox")
    assert after.out.endswith("&app=slack_v2\n"), after.err


def test_a_page_is_named_and_the_right_to_it_is_asked_for_once(signed_in: Person, sandbox: Sandbox) -> None:
    done = signed_in.types("accounts", "connect", "slack_v2")
    said, link = done.out.splitlines()
    assert said == "Connect the account on this page, within four hours:"
    assert link.startswith("https://pipedream.com/_static/connect.html?token=ctok_")
    assert link.endswith("&app=slack_v2")
    assert [seen.path for seen in sandbox.requests[-2:]] == [*("/v1/oauth/token", "/v1/connect/proj_sandbox/tokens")]


@pytest.fixture
def opened(tmp_path: Path) -> tuple[str, Path]:
    """A browser that writes down what it is to open."""
    browser, page = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {page}\n')
    browser.chmod(0o700)
    os.mkfifo(page)
    return str(browser), page


def test_at_a_terminal_the_page_is_opened(signed_in: Person, opened: tuple[str, Path]) -> None:
    browser, page = opened
    with signed_in.with_variables(BROWSER=browser).at_terminal("accounts", "connect", "slack_v2") as terminal:
        link = page.read_text()
        assert terminal.ends() == 0
    assert link.startswith("https://pipedream.com/")
    assert link in terminal.shown


def test_without_a_browser_it_is_only_named(signed_in: Person, opened: tuple[str, Path]) -> None:
    browser, page = opened
    page.unlink()
    person = signed_in.with_variables(BROWSER=browser)
    with person.at_terminal("accounts", "connect", "slack_v2", "--no-browser") as terminal:
        assert terminal.ends() == 0
    assert "https://pipedream.com/" in terminal.shown
    assert not page.exists()


def test_what_is_no_app_is_said_before_anybody_is_asked(signed_in: Person, sandbox: Sandbox) -> None:
    asked = len(sandbox.requests)
    done = signed_in.types("accounts", "connect", "slack&app=evil")
    assert done.code == 2
    assert "is no slug of an app" in done.err
    assert len(sandbox.requests) == asked


def test_it_takes_a_connect_project(person: Person) -> None:
    done = person.types("accounts", "connect", "slack_v2")
    assert done.code == 2
    assert "sign in with `pd-lsp login --connect`" in done.err


def test_a_page_of_another_host_is_not_opened(signed_in: Person, sandbox: Sandbox) -> None:
    answer = b'{"token": "ctok_1", "connect_link_url": "https://pipedream.com.example/x?token=ctok_1"}'
    headers = (("content-type", "application/json"),)
    sandbox.fail(Fault(status=200, body=answer, headers=dict(headers)), path="/v1/connect/*/tokens")
    done = signed_in.types("accounts", "connect", "slack_v2")
    assert (done.code, done.out) == (2, "")
    assert "names no page to connect on" in done.err
    assert "example" not in done.err


@pytest.fixture
def project(signed_in: Person) -> Path:
    """A project with a workflow of one step that reads GitHub."""
    entry = signed_in.folder / "project" / "flow-p_1" / "one" / "entry.py"
    entry.parent.mkdir(parents=True)
    step(entry.parent, "github").rename(entry)
    (entry.parent.parent / "workflow.yaml").write_text("steps:\n- namespace: one\n  uses: ./one/entry.py\n")
    return signed_in.folder / "project"


@pytest.mark.parametrize("within", [".", "flow-p_1", "flow-p_1/one"])
def test_the_account_of_a_project_is_used_wherever_in_it_the_person_stood(
    signed_in: Person, project: Path, within: str
) -> None:
    entry = project / "flow-p_1" / "one"
    assert "2 connected accounts" in signed_in.types("run", entry, "--yes").err
    done = signed_in.types("accounts", "use", "apn_githubhome", "--folder", project / within)
    assert done.out == f"The account “octo-home” is used for github in {project.resolve()}.\n"
    assert signed_in.types("run", entry, "--yes").code == 0
    assert "github (octo-home)" in signed_in.types("allow", entry).out


def test_the_choice_can_be_forgotten_though_the_service_is_gone(
    signed_in: Person, project: Path, sandbox: Sandbox
) -> None:
    signed_in.types("accounts", "use", "apn_githubhome", "--folder", project)
    sandbox.close()
    done = signed_in.types("accounts", "use", "apn_githubhome", "--folder", project, "--forget")
    assert done.code == 0, done.err
    assert signed_in.configuration()["chosen_accounts"] == {str(project.resolve()): {}}


def test_what_was_not_chosen_can_not_be_forgotten(signed_in: Person, project: Path) -> None:
    done = signed_in.types("accounts", "use", "apn_githubhome", "--folder", project, "--forget")
    assert done.code == 2
    assert "is not chosen" in done.err


def test_an_account_of_somebody_else_can_not_be_chosen(signed_in: Person) -> None:
    done = signed_in.types("accounts", "use", "apn_githubcolleague")
    assert done.code == 2
    assert "is no account of yours" in done.err


def test_an_account_that_is_kept_here_can_be_chosen(signed_in: Person) -> None:
    assert signed_in.types("accounts", "add", "openai", given=f"api_key={VALUE}").code == 0
    file = step(signed_in.folder)
    assert "2 connected accounts" in signed_in.types("run", file, "--yes").err
    assert signed_in.types("accounts", "use", OURS).code == 0
    assert signed_in.types("run", file, "--yes", "--json").document["returned"] == {"api_key": len(VALUE)}


def test_production_takes_the_id_of_an_account(person: Person) -> None:
    done = person.types("accounts", "production", "everything")
    assert done.code == 2
    assert "looks like apn_abc123" in done.err
    for _ in range(2):
        assert person.types("accounts", "production", "apn_1").code == 0
    assert person.configuration()["production_accounts"] == ["apn_1"]
    assert person.types("accounts", "production", "apn_1", "--forget").code == 0
    assert person.configuration()["production_accounts"] == []
