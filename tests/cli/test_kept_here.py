"""`pd-lsp accounts add` and `remove`: accounts that the person keeps here, which need no Pipedream."""

import pytest

from pd_lsp.model import AppSlug, local_account_id
from tests.accounts.real_keyring import RealKeyring
from tests.cli.person import Person, printing, step
from tests.cli.terminal import CTRL_D, Terminal

VALUE = "sk-made-up-0123456789"
OURS = local_account_id(AppSlug("openai"), "default")


def test_its_values_are_asked_for_one_by_one_and_not_seen(person: Person) -> None:
    with person.at_terminal("accounts", "add", "mastodon") as terminal:
        terminal.answers("mastodon site_domain (empty: none): ", "mastodon.example")
        terminal.answers("mastodon access_token (empty: none): ", VALUE)
        assert terminal.ends() == 0, terminal.shown
    assert VALUE not in terminal.shown
    assert "mastodon.example" not in terminal.shown
    assert person.kept() == {
        "local:mastodon:default:access_token": VALUE,
        "local:mastodon:default:site_domain": "mastodon.example",
    }
    assert person.files_with(VALUE) == []


def test_what_was_left_empty_is_none_of_its_keys(person: Person) -> None:
    with person.at_terminal("accounts", "add", "mastodon") as terminal:
        terminal.waits_with("site_domain (empty: none): ")
        terminal.presses(CTRL_D)
        terminal.answers("access_token (empty: none): ", VALUE)
        assert terminal.ends() == 0, terminal.shown
    assert "is kept here, with access_token." in terminal.shown
    assert set(person.kept()) == {"local:mastodon:default:access_token"}


def test_where_the_catalogue_knows_no_keys_the_person_names_them(person: Person) -> None:
    with person.at_terminal("accounts", "add", "my_service") as terminal:
        terminal.answers("Their names, with spaces between: ", "token  host")
        terminal.answers("my_service token (empty: none): ", VALUE)
        terminal.answers("my_service host (empty: none): ", "service.example")
        assert terminal.ends() == 0, terminal.shown
    assert person.kept() == {
        "local:my_service:default:token": VALUE,
        "local:my_service:default:host": "service.example",
    }


def test_who_names_no_keys_keeps_nothing(person: Person) -> None:
    with person.at_terminal("accounts", "add", "my_service") as terminal:
        terminal.answers("with spaces between: ", "")
        assert terminal.ends() == 2
    assert "give --key NAME" in terminal.shown
    assert person.configuration() == {}


def test_a_script_gives_lines(person: Person) -> None:
    done = person.types("accounts", "add", "my_service", given=f"token={VALUE}\n\nhost = a=b\n")
    assert done.out == "The account “default” of my_service is kept here, with token, host.\n"
    assert person.kept() == {"local:my_service:default:token": VALUE, "local:my_service:default:host": " a=b"}


def test_lines_end_as_any_system_ends_them(person: Person) -> None:
    assert person.types("accounts", "add", "openai", given=f"api_key={VALUE}\r\n".encode()).code == 0
    assert person.kept() == {"local:openai:default:api_key": VALUE}


def test_its_names_stand_in_the_configuration_and_nothing_else(person: Person) -> None:
    assert person.types("accounts", "add", "openai", given=f"api_key={VALUE}").code == 0
    assert person.configuration() == {
        "local_accounts": [
            {"app": "openai", "label": "default", "values": {"api_key": {"keyring": "local:openai:default:api_key"}}}
        ]
    }


def test_a_step_runs_with_it_and_nobody_has_a_pipedream_account(person: Person) -> None:
    assert person.types("accounts", "add", "openai", given=f"api_key={VALUE}").code == 0
    person = person.with_variables(HTTPS_PROXY="http://127.0.0.1:9")  # nobody is there
    done = person.types("run", step(person.folder), "--yes", "--json")
    assert done.document["returned"] == {"api_key": len(VALUE)}, done.err
    assert done.document["stdout"] == "{'api_key': '‹openai.api_key›'}\n"
    assert VALUE not in done.all
    assert person.files_with(VALUE) == []


def test_its_keys_are_those_that_it_is_kept_with_and_no_others(person: Person) -> None:
    assert person.types("accounts", "add", "notion", given=f"oauth_access_token={VALUE}").code == 0
    [account] = person.types("accounts", "--json").document["accounts"]
    assert (account["keys"], account["keys_complete"], account["local"]) == (["oauth_access_token"], True, True)


def test_a_value_can_come_from_a_variable(without_keyring: Person) -> None:
    person = without_keyring.with_variables(MY_KEY=VALUE)
    assert person.types("accounts", "add", "openai", "--variable", "api_key=MY_KEY").code == 0
    assert person.configuration()["local_accounts"][0]["values"] == {"api_key": {"environment": "MY_KEY"}}
    done = person.types("run", step(person.folder), "--yes", "--json")
    assert done.document["returned"] == {"api_key": len(VALUE)}, done.err


def test_the_step_has_the_value_and_not_the_variable(without_keyring: Person) -> None:
    person = without_keyring.with_variables(MY_KEY=VALUE)
    assert person.types("accounts", "add", "openai", "--variable", "api_key=MY_KEY").code == 0
    file = person.folder / "step.py"
    file.write_text('import os\ndef handler(pd):\n    pd.inputs["openai"]\n    return os.environ.get("MY_KEY")\n')
    assert person.types("run", file, "--yes", "--json").document["returned"] is None


def test_a_value_can_be_printed_by_a_command(without_keyring: Person) -> None:
    done = without_keyring.types("accounts", "add", "openai", "--command", f"api_key={printing(VALUE)}")
    assert done.code == 0, done.err
    done = without_keyring.types("run", step(without_keyring.folder), "--yes", "--json")
    assert done.document["returned"] == {"api_key": len(VALUE)}, done.err
    assert without_keyring.files_with(VALUE) == []


def test_its_keys_can_come_from_three_places(person: Person) -> None:
    person = person.with_variables(MY_HOST="mastodon.example")
    more = ["--key", "access_token", "--variable", "site_domain=MY_HOST", "--command", f"third={printing('3')}"]
    done = person.types("accounts", "add", "mastodon", *more, given=f"access_token={VALUE}")
    assert done.code == 0, done.err
    done = person.types("run", step(person.folder, "mastodon"), "--yes", "--json")
    assert done.document["returned"] == {"access_token": len(VALUE), "site_domain": 16, "third": 1}, done.err


def test_several_accounts_of_one_app_have_labels(person: Person) -> None:
    for label in ("work", "home"):
        given = f"api_key={VALUE}-{label}"
        assert person.types("accounts", "add", "openai", "--label", label, given=given).code == 0
    done = person.types("run", step(person.folder), "--yes")
    assert done.code == 2
    assert "2 connected accounts: work (local_" in done.err
    home = local_account_id(AppSlug("openai"), "home")
    done = person.types("run", step(person.folder), "--yes", "--json", "--account", f"openai={home}")
    assert done.document["returned"] == {"api_key": len(f"{VALUE}-home")}


def test_another_source_takes_the_place_of_the_entry(person: Person) -> None:
    assert person.types("accounts", "add", "mastodon", given=f"access_token={VALUE}\nsite_domain=x").code == 0
    assert person.types("accounts", "add", "mastodon", "--variable", "access_token=MY_TOKEN").code == 0
    assert person.kept() == {}
    assert person.configuration()["local_accounts"][0]["values"] == {"access_token": {"environment": "MY_TOKEN"}}


def test_removed_it_is_nowhere(person: Person) -> None:
    for label in ("work", "home"):
        assert person.types("accounts", "add", "openai", "--label", label, given=f"api_key={VALUE}").code == 0
    done = person.types("accounts", "remove", "openai", "--label", "work")
    assert done.out == "The account “work” of openai is no longer kept here.\n"
    assert set(person.kept()) == {"local:openai:home:api_key"}
    assert [one["label"] for one in person.configuration()["local_accounts"]] == ["home"]
    assert "(work)" not in person.types("whoami").out


def test_what_is_not_kept_can_not_be_removed(person: Person) -> None:
    done = person.types("accounts", "remove", "openai")
    assert done.code == 2
    assert "No account “default” of openai is kept here" in done.err


def test_it_stays_where_its_entry_can_not_be_deleted(person: Person, keyring: RealKeyring) -> None:
    assert person.types("accounts", "add", "openai", given=f"api_key={VALUE}").code == 0
    with keyring.hanging():
        done = person.impatient().types("accounts", "remove", "openai")
    assert done.code == 2
    assert "The keyring did not answer" in done.err
    assert person.configuration()["local_accounts"]
    assert person.types("accounts", "remove", "openai").code == 0
    assert person.kept() == {}


def test_without_a_keyring_there_are_two_ways_out(without_keyring: Person) -> None:
    done = without_keyring.types("accounts", "add", "openai", given=f"api_key={VALUE}")
    assert (done.code, done.out) == (2, "")
    assert "There is no keyring here" in done.err
    assert "--variable or --command" in done.err
    assert without_keyring.configuration() == {}
    assert without_keyring.files_with(VALUE) == []


def test_a_value_that_is_too_long_leaves_nothing_behind(person: Person) -> None:
    done = person.types("accounts", "add", "mastodon", given=f"access_token={VALUE}\nsite_domain={'x' * 16_001}")
    assert done.code == 2
    assert "longer than 16 kB" in done.err
    assert person.kept() == {}
    assert person.configuration() == {}


@pytest.mark.parametrize(
    ("arguments", "given", "says"),
    [
        (["my app"], "", "can't name an app"),
        (["openai"], "", "Nothing was kept"),
        (["my_service"], "", "Nothing was kept"),
        (["openai"], f"{VALUE}\n", "has the form KEY=…"),
        (["openai"], "api_key=\n", "has the form KEY=…"),
        (["openai"], b"api_key=\xff\n", "no text in UTF-8"),
        (["openai", "--variable", "api_key"], "", "--variable has the form KEY=…"),
        (["openai", "--command", "=x"], "", "--command has the form KEY=…"),
        (["openai", "--command", "api_key='x"], "", "has a quote that does not end"),
        (["openai", "--command", "api_key= "], "", "names no program"),
    ],
)
def test_what_is_no_account_is_a_sentence(person: Person, arguments: list[str], given: str | bytes, says: str) -> None:
    done = person.types("accounts", "add", *arguments, given=given)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert VALUE not in done.all
    assert person.kept() == {}
    assert person.configuration() == {}


def test_a_value_that_is_missing_stops_a_run_before_it_starts(without_keyring: Person) -> None:
    assert without_keyring.types("accounts", "add", "openai", "--variable", "api_key=NOT_SET").code == 0
    done = without_keyring.types("run", step(without_keyring.folder), "--yes")
    assert (done.code, done.out) == (2, "")
    assert "was not found: set NOT_SET in the environment" in done.err


def test_two_who_add_at_once_lose_nothing(person: Person) -> None:
    apps = ["openai", "anthropic", "my_service", "github"]
    with Together() as together:
        for app in apps:
            together.start(person, "accounts", "add", app, "--variable", "key=NAME")
    assert sorted(one["app"] for one in person.configuration()["local_accounts"]) == sorted(apps)


class Together:
    """Commands that run at the same time."""

    def __enter__(self) -> "Together":  # noqa: PYI034 - Self came with Python 3.11
        self._terminals: list[Terminal] = []
        return self

    def start(self, person: Person, *arguments: object) -> None:
        self._terminals.append(person.at_terminal(*arguments))

    def __exit__(self, *_: object) -> None:
        for terminal in self._terminals:
            with terminal:
                assert terminal.ends() == 0, terminal.shown
