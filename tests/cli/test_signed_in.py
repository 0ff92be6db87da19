"""After `pd-lsp login`: what other processes find, what `whoami` and `doctor` say of it, and what `logout` leaves."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pd_lsp.configuration import configuration_file
from pd_lsp.private_files import read_json
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Fault
from tests.accounts.real_keyring import RealKeyring
from tests.cli.person import Person, printing, sign_in, sign_in_arguments
from tests.cli.test_login import ENTRY

ENVIRONMENT = {
    "PIPEDREAM_CLIENT_ID": "sandbox-client",
    "PIPEDREAM_CLIENT_SECRET": "sandbox-client-secret",
    "PIPEDREAM_PROJECT_ID": "proj_sandbox",
    "PD_LSP_EXTERNAL_USER_ID": "sandbox-user",
}
STEP = 'def handler(pd):\n    return sorted(pd.inputs["slack"]["$auth"])\n'


def step(folder: Path, text: str = STEP) -> Path:
    file = folder / "step.py"
    file.write_text(text)
    return file


def lines(text: str) -> dict[str, str]:
    """The lines of `whoami`, by what they are about."""
    return {line[:18].strip(): line[19:] for line in text.splitlines()}


def test_another_process_lists_the_accounts_with_the_secret_of_the_keyring(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    document = person.types("accounts", "--json").document
    assert (document["complete"], document["problems"], len(document["accounts"])) == (True, [], 16)
    assert person.files_with(sandbox.client_secret) == []


def test_another_process_runs_a_step_with_it(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    done = person.types("run", step(person.folder), "--yes", "--json")
    assert done.document["returned"] == [
        *("oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid")
    ], done.err
    for secret in (sandbox.client_secret, *sandbox.credentials("apn_slackteam").values()):
        assert secret not in done.all
        assert person.files_with(secret) == []


def test_the_keys_that_a_run_saw_are_listed_from_then_on(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    before = {one["id"]: one for one in person.types("accounts", "--json").document["accounts"]}
    assert (before["apn_slackteam"]["keys_source"], before["apn_slackteam"]["keys_complete"]) == (
        *("every OAuth account", False),
    )
    assert person.types("run", step(person.folder), "--yes").code == 0
    after = {one["id"]: one for one in person.types("accounts", "--json").document["accounts"]}
    assert (after["apn_slackteam"]["keys_source"], after["apn_slackteam"]["keys_complete"]) == ("a run", True)
    assert after["apn_slackv2team"] == before["apn_slackv2team"]


def test_whoami_names_the_keyring(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    asked = len(sandbox.requests)
    done = person.types("whoami")
    assert lines(done.out) == {
        "project": "proj_sandbox",
        "environment": "development",
        "user": "sandbox-user",
        "oauth client": "sandbox-client",
        "client secret": "from the keyring, Secret Service",
        "api host": f"{sandbox.url} (not Pipedream's own)",
    }
    assert len(sandbox.requests) == asked, "nobody is asked over the network"
    assert person.types("whoami", "--json").document["client_secret"] == "from the keyring, Secret Service"


def test_whoami_names_the_command_by_its_program_alone(person: Person, sandbox: Sandbox) -> None:
    arguments = sign_in_arguments(sandbox, "--secret-command", printing(sandbox.client_secret))
    assert person.types(*arguments).code == 0
    done = person.types("whoami")
    assert lines(done.out)["client secret"].startswith("from the command, python")
    assert sandbox.client_secret not in done.all


def test_whoami_names_the_variable_of_the_environment(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    done = person.with_variables(**ENVIRONMENT).types("whoami")
    assert lines(done.out)["client secret"] == "from the environment, PIPEDREAM_CLIENT_SECRET"
    assert sandbox.client_secret not in done.all


def test_a_token_of_the_environment_needs_no_client(without_keyring: Person) -> None:
    variables = {**ENVIRONMENT, "PIPEDREAM_CLIENT_ID": "", "PIPEDREAM_ACCESS_TOKEN": "made-up-access-token"}
    done = without_keyring.with_variables(**variables).types("whoami")
    assert (lines(done.out)["oauth client"], lines(done.out)["client secret"]) == (
        *("a token of the environment", "not needed"),
    )
    assert "made-up-access-token" not in done.all


def test_whoami_passes_by_a_command_that_fails_and_says_so(person: Person, sandbox: Sandbox) -> None:
    """The command stands before the keyring; what the keyring still has counts."""
    sign_in(person, sandbox)
    document = person.configuration()
    document["projects"][0]["secret_command"] = ["false"]
    configuration_file().write_text(json.dumps(document))
    done = person.types("whoami")
    assert lines(done.out)["client secret"] == (
        "from the keyring, Secret Service (The command “false” ended with status 1: run it in a terminal to see why.)"
    )


def test_nobody_is_signed_in_at_first(without_keyring: Person) -> None:
    done = without_keyring.types("whoami")
    assert (done.code, done.err) == (2, "")
    assert done.out == "Nobody is signed in: `pd-lsp login`, or `pd-lsp accounts add APP`.\n"
    assert without_keyring.types("whoami", "--json").document == {}


def test_a_key_that_is_no_longer_in_the_keyring_is_missing(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    elsewhere = Person(person.home, person.folder)
    said = lines(elsewhere.types("whoami").out)["client secret"]
    assert said.startswith("missing. client_secret:sandbox-client was not found (there is no keyring here")
    done = elsewhere.types("accounts")
    assert (done.code, done.out) == (2, "")
    assert "name a command that prints it" in done.err


def test_no_process_of_a_run_finds_the_key_in_its_environment(person: Person, sandbox: Sandbox) -> None:
    text = "import os\ndef handler(pd):\n    return sorted(name for name in os.environ if 'PIPEDREAM' in name)\n"
    done = person.with_variables(**ENVIRONMENT).types("run", step(person.folder, text), "--yes", "--json")
    assert done.document["returned"] == []
    assert sandbox.requests == []


def doctor(text: str) -> dict[str, tuple[str, str]]:
    """The lines of `doctor`: good or not, and what is said."""
    return {line[4:24].strip(): (line[:3].strip(), line[25:]) for line in text.splitlines()}


def test_doctor_finds_everything_in_order(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    assert person.types("trust", person.folder).code == 0
    done = person.types("doctor")
    found = doctor(done.out)
    assert {mark for mark, _ in found.values()} == {"ok"}, done.out
    assert done.code == 0
    assert found["keyring"] == ("ok", "Secret Service")
    assert found["client secret"] == ("ok", "from the keyring, Secret Service")
    assert found["trust"] == ("ok", f"{person.folder.resolve()} is trusted")
    assert found["accounts"][1].startswith("16 connected; airtable_oauth “Bases (revoked)” is dead: connect it again")
    assert "linear_app “Team key” is unhealthy" in found["accounts"][1]
    assert "Python of steps" in found
    assert sandbox.client_secret not in done.all


def test_doctor_says_how_old_the_names_are(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    assert person.types("accounts").code == 0
    assert doctor(person.types("doctor", "--offline").out)["names in the cache"] == ("ok", "16, 0 min old")


def test_doctor_asks_nobody_when_told_so(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    asked = len(sandbox.requests)
    done = person.types("doctor", "--offline")
    assert done.code == 0
    assert "accounts" not in doctor(done.out)
    assert len(sandbox.requests) == asked


def test_doctor_marks_a_key_that_is_refused(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    sandbox.fail(Fault(status=401), path="/v1/oauth/token", times=None)
    done = person.types("doctor")
    assert done.code == 2
    mark, said = doctor(done.out)["accounts"]
    assert mark == "NOT"
    assert "sign in again with `pd-lsp login`" in said


def test_doctor_marks_a_key_that_is_missing(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    done = Person(person.home, person.folder).types("doctor")
    found = doctor(done.out)
    assert done.code == 2
    assert found["keyring"] == ("ok", "none: keys come from the environment, or from a command")
    assert (found["client secret"][0], found["accounts"][0]) == ("NOT", "NOT")


def test_doctor_marks_a_keyring_that_hangs(person: Person, keyring: RealKeyring, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    with keyring.hanging():
        done = person.impatient().types("doctor", "--offline")
    found = doctor(done.out)
    assert done.code == 2
    mark, said = found["keyring"]
    assert mark == "NOT"
    assert said.startswith("The keyring did not answer in 0.5 seconds: unlock it and try again, or set the PIPEDREAM_*")
    assert found["client secret"][0] == "NOT"


def test_doctor_marks_a_configuration_that_can_not_be_read(without_keyring: Person) -> None:
    configuration_file().parent.mkdir(parents=True, mode=0o700)
    configuration_file().write_text("{")
    done = without_keyring.types("doctor", "--offline")
    assert done.code == 2
    assert doctor(done.out)["configuration"] == ("NOT", f"{configuration_file()} can't be read and is ignored.")


def test_doctor_marks_an_interpreter_that_is_none(without_keyring: Person) -> None:
    done = without_keyring.types("doctor", "--offline", "--python", "/nowhere/python")
    assert done.code == 2
    assert doctor(done.out)["Python of steps"][0] == "NOT"


def test_doctor_names_the_variables_that_change_the_network_and_not_what_they_hold(without_keyring: Person) -> None:
    variables = {"HTTPS_PROXY": "http://me:made-up-password@proxy:1", "PIPEDREAM_BASE_URL": "http://elsewhere.example"}
    done = without_keyring.with_variables(**variables).types("doctor", "--offline")
    assert doctor(done.out)["HTTPS_PROXY"] == ("ok", "is set")
    assert "made-up-password" not in done.all
    assert "elsewhere" not in done.all


def test_doctor_says_what_to_do_where_nobody_is_signed_in(without_keyring: Person) -> None:
    done = without_keyring.types("doctor")
    assert done.code == 2
    assert "Nobody is signed in: type `pd-lsp login`" in doctor(done.out)["accounts"][1]


def test_doctor_tells_where_a_value_that_is_kept_here_comes_from(person: Person) -> None:
    assert person.types("accounts", "add", "openai", given="api_key=sk-made-up-0123456789").code == 0
    assert person.types("accounts", "add", "notion", "--variable", "oauth_access_token=NOT_SET_ANYWHERE").code == 0
    done = person.types("doctor")
    assert done.code == 2
    assert "ok  openai: api_key      from the keyring, Secret Service\n" in done.out
    assert "NOT notion: oauth_access_token missing. NOT_SET_ANYWHERE was not found: set it" in done.out


def test_logout_forgets_key_names_and_consents_and_says_how_to_revoke(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    assert person.types("accounts", "add", "openai", given="api_key=sk-made-up-0123456789").code == 0
    assert person.types("accounts").code == 0
    assert person.types("allow", step(person.folder)).code == 0
    consents = Path(person.environment["XDG_STATE_HOME"]) / "pd-lsp" / "consents.json"
    assert person.cached()
    assert "apn_slackteam" in consents.read_text()
    done = person.types("logout")
    assert done.code == 0, done.err
    assert "Revoke it at Pipedream" in done.out
    assert person.kept() == {"local:openai:default:api_key": "sk-made-up-0123456789"}
    assert person.cached() == []
    assert read_json(consents) == {"consents": {}}
    assert set(person.configuration()) == {"local_accounts"}
    assert lines(person.types("whoami").out) == {"kept here": "openai (default)"}
    assert "openai" in person.types("accounts").out


def test_logout_twice_has_nothing_to_revoke(person: Person) -> None:
    done = person.types("logout")
    assert (done.code, done.out) == (0, "Keys, names of accounts and consents are forgotten.\n")


def test_logout_deletes_every_key(person: Person, sandbox: Sandbox) -> None:
    person = person.with_variables(HTTPS_PROXY=sandbox.proxy, SSL_CERT_FILE=str(sandbox.certificate), NO_PROXY="")
    sign_in(person, sandbox, "--folder", str(person.folder))
    assert person.types("login", "--api-key", given=sandbox.api_key).code == 0
    assert set(person.kept()) == {ENTRY, "api_key"}
    assert person.types("logout").code == 0
    assert person.kept() == {}
    assert person.configuration() == {}


def hangs(person: Person, keyring: RealKeyring) -> str:
    with keyring.hanging():
        return person.impatient().types("logout").err


def is_gone(person: Person, _: RealKeyring) -> str:
    return Person(person.home, person.folder).types("logout").err


@pytest.mark.parametrize("fails", [hangs, is_gone])
def test_a_key_that_could_not_be_deleted_is_deleted_by_the_next_logout(
    person: Person, keyring: RealKeyring, sandbox: Sandbox, fails: Callable[[Person, RealKeyring], str]
) -> None:
    sign_in(person, sandbox)
    assert "a key is still in the keyring" in fails(person, keyring)
    assert person.kept() == {ENTRY: sandbox.client_secret}
    assert person.types("logout").code == 0
    assert person.kept() == {}
    assert person.configuration() == {}


def test_logout_says_that_the_environment_still_signs_in(person: Person) -> None:
    done = person.with_variables(**ENVIRONMENT).types("logout")
    assert "The PIPEDREAM_* variables of your environment stay" in done.out


def test_logout_needs_no_keyring_where_a_command_has_the_secret(without_keyring: Person, sandbox: Sandbox) -> None:
    arguments = sign_in_arguments(sandbox, "--secret-command", printing(sandbox.client_secret))
    assert without_keyring.types(*arguments).code == 0
    done = without_keyring.types("logout")
    assert done.code == 0, done.err
    assert "Revoke it at Pipedream" in done.out
    assert without_keyring.configuration() == {}
