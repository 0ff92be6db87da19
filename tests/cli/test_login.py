"""`pd-lsp login`: what is typed is seen by nobody, tried once, and kept in the keyring or nowhere (D1, D2)."""

import shlex
import socket
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Fault, dropped, html
from tests.accounts.real_keyring import RealKeyring, real_keyring
from tests.cli.person import Person, printing, sign_in, sign_in_arguments
from tests.cli.terminal import CTRL_C, CTRL_D

ENTRY = "client_secret:sandbox-client"


@pytest.fixture
def nobody() -> Iterator[str]:
    """An address of this machine that refuses every connection."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"


def nothing_is_kept(person: Person, *secrets: str) -> bool:
    """Whether sign-in left no trace: no project, no key, no entry, no secret in any file."""
    configured = person.configuration()
    return not (
        configured.get("projects")
        or configured.get("api_key")
        or (person.keyring and person.kept())
        or [file for secret in secrets for file in person.files_with(secret)]
    )


def test_at_a_terminal_everything_is_asked_for_and_the_secret_is_not_seen(person: Person, sandbox: Sandbox) -> None:
    with person.at_terminal("login", "--host", sandbox.url) as terminal:
        terminal.answers("which is not Pipedream's own host? [y/N]", "y")
        terminal.answers("Connect project (proj_…): ", sandbox.project_id)
        terminal.answers("Your external user id in it: ", sandbox.external_user_id)
        terminal.answers("Id of your OAuth client: ", sandbox.client_id)
        terminal.answers("(unseen): ", sandbox.client_secret)
        assert terminal.ends() == 0, terminal.shown
    shown = terminal.shown
    assert f"in it: {sandbox.external_user_id}" in shown, "what is no secret is echoed"
    assert sandbox.client_secret not in shown
    assert "Signed in to proj_sandbox (development) as sandbox-user. It has 16 connected accounts." in shown
    assert "scope connect:accounts:read" in shown
    assert person.kept() == {ENTRY: sandbox.client_secret}
    assert person.files_with(sandbox.client_secret) == []


def test_a_script_gives_the_secret_on_standard_input(person: Person, sandbox: Sandbox) -> None:
    done = sign_in(person, sandbox)
    assert sandbox.client_secret not in done.all
    assert person.kept() == {ENTRY: sandbox.client_secret}
    assert person.files_with(sandbox.client_secret) == []


def test_the_configuration_holds_names(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    assert person.configuration() == {
        "projects": [
            {
                "folder": "",
                "project_id": sandbox.project_id,
                "external_user_id": sandbox.external_user_id,
                "environment": "development",
                "url": sandbox.url,
                "client_id": sandbox.client_id,
            }
        ]
    }


def test_the_secret_is_no_argument_of_anything(person: Person, sandbox: Sandbox) -> None:
    with person.at_terminal(*sign_in_arguments(sandbox)) as terminal:
        terminal.waits_with("(unseen): ")
        terminal.types(sandbox.client_secret)
        arguments = Path(f"/proc/{terminal.process.pid}/cmdline")
        assert b"login" in arguments.read_bytes()
        assert sandbox.client_secret.encode() not in arguments.read_bytes()
        terminal.types("\n")
        assert terminal.ends() == 0


def test_a_key_that_is_refused_is_kept_nowhere(person: Person, sandbox: Sandbox) -> None:
    done = person.types(*sign_in_arguments(sandbox), given="a-mistyped-secret\n")
    assert (done.code, done.out) == (2, "")
    assert "Pipedream refused the key" in done.err
    assert "a-mistyped-secret" not in done.all
    assert nothing_is_kept(person, "a-mistyped-secret")


def test_a_project_that_does_not_exist_is_a_mistake(person: Person, sandbox: Sandbox) -> None:
    arguments = ["proj_nowhere" if word == sandbox.project_id else word for word in sign_in_arguments(sandbox)]
    done = person.types(*arguments, given=sandbox.client_secret)
    assert (done.code, done.out) == (2, "")
    assert "knows no such project" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


def test_what_can_be_no_project_is_said_before_anybody_is_asked(person: Person, sandbox: Sandbox) -> None:
    arguments = ["my project" if word == sandbox.project_id else word for word in sign_in_arguments(sandbox)]
    done = person.types(*arguments, given=sandbox.client_secret)
    assert done.code == 2
    assert "should look like proj_abc123" in done.err
    assert sandbox.requests == []
    assert nothing_is_kept(person, sandbox.client_secret)


def test_without_a_network_the_key_is_kept_and_that_is_said(person: Person, sandbox: Sandbox, nobody: str) -> None:
    arguments = [nobody if word == sandbox.url else word for word in sign_in_arguments(sandbox)]
    done = person.types(*arguments, given=sandbox.client_secret)
    assert done.code == 0
    assert "It could not be tried: " in done.out
    assert "can't be reached" in done.out
    assert person.kept() == {ENTRY: sandbox.client_secret}
    assert person.files_with(sandbox.client_secret) == []


def test_a_busy_service_does_not_lose_what_was_typed(person: Person, sandbox: Sandbox) -> None:
    sandbox.fail(Fault(status=429, retry_after=3600), path="/v1/oauth/token")
    done = sign_in(person, sandbox)
    assert "It could not be tried: " in done.out
    assert "try again in 60 min" in done.out
    assert person.kept() == {ENTRY: sandbox.client_secret}


def test_a_login_page_in_between_keeps_nothing(person: Person, sandbox: Sandbox) -> None:
    sandbox.fail(html(200), path="/v1/oauth/token")
    done = person.types(*sign_in_arguments(sandbox), given=sandbox.client_secret)
    assert done.code == 2
    assert "is no JSON" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


def test_without_a_keyring_nothing_is_asked_for_and_the_ways_out_are_said(
    without_keyring: Person, sandbox: Sandbox
) -> None:
    done = without_keyring.types(*sign_in_arguments(sandbox), given=sandbox.client_secret)
    assert (done.code, done.out) == (2, "")
    assert "There is no keyring here that pd-lsp accepts" in done.err
    assert "PIPEDREAM_*" in done.err
    assert "--secret-command" in done.err
    assert sandbox.requests == []
    assert nothing_is_kept(without_keyring, sandbox.client_secret)


def test_at_a_terminal_the_missing_keyring_is_said_before_the_secret_is_typed(
    without_keyring: Person, sandbox: Sandbox
) -> None:
    with without_keyring.at_terminal(*sign_in_arguments(sandbox)) as terminal:
        assert terminal.ends() == 2
    assert "no keyring here" in terminal.shown
    assert "unseen" not in terminal.shown


def test_a_keyring_of_another_kind_is_none(without_keyring: Person, sandbox: Sandbox, tmp_path: Path) -> None:
    plain = """
import keyring.backend
class Keyring(keyring.backend.KeyringBackend):
    priority = 9
    def get_password(self, service, name): return None
    def set_password(self, service, name, value): open("kept-in-plain-text", "w").write(value)
    def delete_password(self, service, name): pass
"""
    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "plain_text.py").write_text(plain)
    path = f"{without_keyring.environment['PYTHONPATH']}:{tmp_path / 'modules'}"
    person = without_keyring.with_variables(PYTHONPATH=path, PYTHON_KEYRING_BACKEND="plain_text.Keyring")
    done = person.types(*sign_in_arguments(sandbox), given=sandbox.client_secret)
    assert done.code == 2
    assert "plain_text.Keyring is none" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


def test_a_locked_keyring_that_stays_locked_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, person: Person, sandbox: Sandbox
) -> None:
    with real_keyring(tmp_path_factory.mktemp("locked")) as locked:
        locked.lock()
        done = Person(person.home, person.folder, locked).types(
            *sign_in_arguments(sandbox), given=sandbox.client_secret
        )
    assert (done.code, done.out) == (2, "")
    assert "The keyring is locked, or its question was dismissed: unlock it" in done.err
    assert "--secret-command" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


def test_a_keyring_that_hangs_is_a_sentence(person: Person, keyring: RealKeyring, sandbox: Sandbox) -> None:
    with keyring.hanging():
        done = person.impatient().types(*sign_in_arguments(sandbox), given=sandbox.client_secret)
    assert (done.code, done.out) == (2, "")
    assert "The keyring did not answer in 0.5 seconds" in done.err
    assert "--secret-command" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


def test_a_command_that_prints_the_secret_needs_no_keyring(without_keyring: Person, sandbox: Sandbox) -> None:
    arguments = sign_in_arguments(sandbox, "--secret-command", printing(sandbox.client_secret))
    done = without_keyring.types(*arguments)
    assert done.code == 0, done.err
    [project] = without_keyring.configuration()["projects"]
    assert project["secret_command"][0] == sys.executable
    assert without_keyring.files_with(sandbox.client_secret) == []
    assert "apn_githubwork" in without_keyring.types("accounts").out


def test_the_command_is_asked_for_at_a_terminal_where_none_is_given(without_keyring: Person, sandbox: Sandbox) -> None:
    command = printing(sandbox.client_secret)
    with without_keyring.at_terminal(*sign_in_arguments(sandbox, "--secret-command")) as terminal:
        terminal.answers("A command that prints the secret, which is shown as you type it: ", command)
        assert terminal.ends() == 0, terminal.shown
    assert sandbox.client_secret not in terminal.shown
    (project,) = without_keyring.configuration()["projects"]
    assert project["secret_command"] == shlex.split(command)
    assert without_keyring.files_with(sandbox.client_secret) == []


def test_a_script_that_gives_no_command_is_told_so(without_keyring: Person, sandbox: Sandbox) -> None:
    done = without_keyring.types(*sign_in_arguments(sandbox, "--secret-command"))
    assert (done.code, done.out) == (2, "")
    assert "give it behind --secret-command" in done.err
    assert nothing_is_kept(without_keyring, sandbox.client_secret)


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("/nowhere/pass show it", "There is no program “pass” on PATH"),
        ("false", "The command “false” ended with status 1"),
        ("'no end", "The command is not of a form a shell would read"),
        ("''", "no program"),
    ],
)
def test_a_command_that_prints_none_is_a_mistake(person: Person, sandbox: Sandbox, command: str, says: str) -> None:
    done = person.types(*sign_in_arguments(sandbox, "--secret-command", command))
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert nothing_is_kept(person)


def test_of_two_sign_ins_for_a_folder_the_last_counts(person: Person, sandbox: Sandbox) -> None:
    project = person.folder / "project"
    project.mkdir()
    for more in ([], ["--folder", "project"], ["--folder", str(project), "--environment", "production"]):
        sign_in(person, sandbox, *more)
    entries = [(entry["folder"], entry["environment"]) for entry in person.configuration()["projects"]]
    assert entries == [("", "development"), (str(project.resolve()), "production")]
    assert "development" in person.types("whoami").out
    assert "production" in person.types("whoami", "--folder", "project").out


def test_a_folder_that_is_not_there_is_a_mistake(person: Person, sandbox: Sandbox) -> None:
    done = person.types(*sign_in_arguments(sandbox, "--folder", "projct"), given=sandbox.client_secret)
    assert done.code == 2
    assert "There is no folder" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


def test_another_host_needs_a_yes_and_gets_nothing_without(person: Person, sandbox: Sandbox) -> None:
    arguments = [word for word in sign_in_arguments(sandbox) if word != "--yes"]
    done = person.types(*arguments, given=sandbox.client_secret)
    assert done.code == 2
    assert "Nothing was sent to 127.0.0.1:" in done.err
    with person.at_terminal(*arguments) as terminal:
        terminal.answers(f"Send your key to {sandbox.url.removeprefix('http://')}, which is not", "")
        assert terminal.ends() == 2
    assert sandbox.requests == []
    assert nothing_is_kept(person, sandbox.client_secret)


@pytest.mark.parametrize(
    "host", ["http://api.pipedream.com", "https://me@api.pipedream.com", "ftp://x", "api", "http://[", "https://x/y"]
)
def test_no_key_goes_to_what_is_no_address(person: Person, sandbox: Sandbox, host: str) -> None:
    arguments = [host if word == sandbox.url else word for word in sign_in_arguments(sandbox)]
    done = person.types(*arguments, given=sandbox.client_secret)
    assert done.code == 2
    assert "should look like https://api.pipedream.com" in done.err
    assert nothing_is_kept(person, sandbox.client_secret)


@pytest.mark.parametrize("given", [b"", b"\n", b"  \n", b"\xff\xfe\n"])
def test_a_secret_that_is_none_is_a_sentence(person: Person, sandbox: Sandbox, given: bytes) -> None:
    done = person.types(*sign_in_arguments(sandbox), given=given)
    assert (done.code, done.out) == (2, "")
    assert "secret" in done.err
    assert sandbox.requests == []
    assert nothing_is_kept(person)


@pytest.mark.parametrize("missing", ["--project", "--user", "--client-id"])
def test_a_script_is_told_what_it_left_out(person: Person, sandbox: Sandbox, missing: str) -> None:
    arguments = sign_in_arguments(sandbox)
    place = arguments.index(missing)
    done = person.types(*arguments[:place], *arguments[place + 2 :], given=sandbox.client_secret)
    assert done.code == 2
    assert f"give {missing}" in done.err


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("question", ["Connect project", "unseen"])
def test_who_ends_a_question_ends_the_command(person: Person, sandbox: Sandbox, question: str, key: str) -> None:
    arguments = sign_in_arguments(sandbox)
    left_out = {"--project", sandbox.project_id} if question != "unseen" else set()
    with person.at_terminal(*(word for word in arguments if word not in left_out)) as terminal:
        terminal.waits_with(question)
        terminal.presses(key)
        assert terminal.ends() in {1, 2}
    assert "Traceback" not in terminal.shown
    assert nothing_is_kept(person)


def test_a_client_that_is_no_longer_used_leaves_no_secret(person: Person, sandbox: Sandbox, nobody: str) -> None:
    arguments = ["other-client" if word == sandbox.client_id else word for word in sign_in_arguments(sandbox)]
    offline = [nobody if word == sandbox.url else word for word in arguments]
    assert person.types(*offline, given="an-older-secret").code == 0
    assert set(person.kept()) == {"client_secret:other-client"}
    sign_in(person, sandbox)
    assert person.kept() == {ENTRY: sandbox.client_secret}


def test_a_client_that_another_folder_uses_keeps_its_secret(person: Person, sandbox: Sandbox, nobody: str) -> None:
    sign_in(person, sandbox, "--folder", str(person.folder))
    sign_in(person, sandbox)
    arguments = ["other-client" if word == sandbox.client_id else word for word in sign_in_arguments(sandbox)]
    offline = [nobody if word == sandbox.url else word for word in arguments]
    assert person.types(*offline, given="another-secret").code == 0
    assert person.kept() == {ENTRY: sandbox.client_secret, "client_secret:other-client": "another-secret"}


def test_a_command_takes_the_place_of_the_entry(person: Person, sandbox: Sandbox) -> None:
    sign_in(person, sandbox)
    done = person.types(*sign_in_arguments(sandbox, "--secret-command", printing(sandbox.client_secret)))
    assert done.code == 0, done.err
    assert person.kept() == {}


@pytest.fixture
def behind_a_proxy(person: Person, sandbox: Sandbox) -> Person:
    """Somebody whose way to Pipedream's own address is a company's proxy, with a certificate of the company's."""
    return person.with_variables(HTTPS_PROXY=sandbox.proxy, SSL_CERT_FILE=str(sandbox.certificate), NO_PROXY="")


def test_a_user_api_key_is_tried_at_pipedream_and_kept(behind_a_proxy: Person, sandbox: Sandbox) -> None:
    with behind_a_proxy.at_terminal("login", "--api-key") as terminal:
        terminal.answers("User API key (unseen): ", sandbox.api_key)
        assert terminal.ends() == 0, terminal.shown
    assert sandbox.api_key not in terminal.shown
    assert "Signed in with a user API key. It has 16 connected accounts." in terminal.shown
    assert behind_a_proxy.kept() == {"api_key": sandbox.api_key}
    assert list(behind_a_proxy.configuration()["api_key"]) == ["login"]
    assert behind_a_proxy.files_with(sandbox.api_key) == []
    assert "apn_githubwork" in behind_a_proxy.types("accounts").out


def test_a_user_api_key_is_kept_though_the_older_api_is_gone(behind_a_proxy: Person, sandbox: Sandbox) -> None:
    sandbox.legacy_gone = True
    done = behind_a_proxy.types("login", "--api-key", given=sandbox.api_key)
    assert done.code == 0, done.err
    assert "Pipedream's older API no longer lists accounts" in done.out
    assert behind_a_proxy.kept() == {"api_key": sandbox.api_key}


def test_a_user_api_key_that_is_refused_is_kept_nowhere(behind_a_proxy: Person) -> None:
    done = behind_a_proxy.types("login", "--api-key", given="a-mistyped-key")
    assert done.code == 2
    assert "Pipedream refused the key" in done.err
    assert nothing_is_kept(behind_a_proxy, "a-mistyped-key")


def test_a_user_api_key_can_be_printed_by_a_command(behind_a_proxy: Person, sandbox: Sandbox) -> None:
    done = behind_a_proxy.types("login", "--api-key", "--secret-command", printing(sandbox.api_key))
    assert done.code == 0, done.err
    assert behind_a_proxy.configuration()["api_key"]["command"][0] == sys.executable
    assert behind_a_proxy.kept() == {}


def test_a_user_api_key_goes_to_no_other_host(person: Person, sandbox: Sandbox) -> None:
    done = person.types("login", "--api-key", "--host", sandbox.url, "--yes", given=sandbox.api_key)
    assert done.code == 2
    assert "--host" in done.err
    assert sandbox.requests == []
    assert nothing_is_kept(person, sandbox.api_key)


def test_a_certificate_that_nobody_vouches_for_gets_no_key(behind_a_proxy: Person, sandbox: Sandbox) -> None:
    person = behind_a_proxy.with_variables(SSL_CERT_FILE="")
    done = person.types("login", "--api-key", given=sandbox.api_key)
    assert "can't be verified" in done.out
    assert not [seen for seen in sandbox.requests if seen.authorized]


def test_an_account_is_kept_here_by_login_too(person: Person) -> None:
    with person.at_terminal("login", "--local", "openai") as terminal:
        terminal.answers("openai api_key (empty: none): ", "sk-made-up-0123456789")
        assert terminal.ends() == 0, terminal.shown
    assert "sk-made-up-0123456789" not in terminal.shown
    assert "The account “default” of openai is kept here, with api_key" in terminal.shown
    assert person.kept() == {"local:openai:default:api_key": "sk-made-up-0123456789"}
    assert person.files_with("sk-made-up-0123456789") == []


def test_ways_to_sign_in_exclude_each_other(person: Person) -> None:
    assert person.types("login", "--api-key", "--local", "openai").code == 2


def test_a_dropped_connection_is_tried_again(person: Person, sandbox: Sandbox) -> None:
    sandbox.fail(dropped(), path="/v1/connect/*/accounts")
    assert "16 connected accounts" in sign_in(person, sandbox).out


@pytest.mark.parametrize(
    "shape", [str, lambda text: b64encode(f"a:{text}".encode()).decode(), lambda text: text.encode().hex()]
)
def test_whoever_searches_for_a_secret_here_would_find_it(without_keyring: Person, shape: Callable[[str], str]) -> None:
    (without_keyring.home / "kept").write_text(f'{{"key": "{shape("made-up-secret")}"}}')
    assert without_keyring.files_with("made-up-secret") == [without_keyring.home / "kept"]
