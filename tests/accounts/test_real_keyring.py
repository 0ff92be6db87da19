"""Our entries in a real keyring, each time from a process of its own."""

from collections.abc import Iterator

import pytest

from tests.accounts.real_keyring import RealKeyring, real_keyring

SECRET = "made-up-secret-é-1234"
OURS = f"""
import functools, signal, threading
from pd_lsp.accounts.keyring_entry import *
from pd_lsp.accounts.secret_errors import *
read_entry, write_entry, delete_entry, keyring_name = (
    functools.partial(function, seconds=60) for function in (read_entry, write_entry, delete_entry, keyring_name)
)
SECRET = {SECRET!r}
def said(function, *arguments, **options):
    try:
        return repr(function(*arguments, **options))
    except KeyringError as error:
        return str(error)
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealKeyring]:
    with real_keyring(tmp_path_factory.mktemp("keyring")) as running:
        yield running


def test_what_is_written_is_read_by_another_process_until_it_is_deleted(real: RealKeyring) -> None:
    assert real.python(f"{OURS}write_entry('a', 'old'); write_entry('a', SECRET); write_entry('b', 'other')") == ""
    assert real.python(f"{OURS}print(read_entry('a') == SECRET, read_entry('b'))") == "True other"
    assert real.python(f"{OURS}print(delete_entry('a'), delete_entry('a'), read_entry('a'), read_entry('b'))") == (
        "True False None other"
    )


def test_the_keyring_that_is_used_has_a_name(real: RealKeyring) -> None:
    assert real.python(f"{OURS}print(keyring_name())") == "Secret Service"


def test_a_private_key_of_many_lines_is_kept_as_it_is(real: RealKeyring) -> None:
    code = f"{OURS}value = 'line\\n' * 1000; write_entry('key', value); print(read_entry('key') == value)"
    assert real.python(code) == "True"


def test_of_several_keyrings_the_accepted_one_is_used_and_no_other(real: RealKeyring) -> None:
    stand_in = """
from keyring.backend import KeyringBackend
class StandInForPlainText(KeyringBackend):
    priority = 9
    def get_password(self, service, name): print("plain text was read")
    def set_password(self, service, name, value): print("plain text was written")
    def delete_password(self, service, name): print("plain text was deleted")
import keyring
"""
    ask = "print(type(keyring.get_keyring()).__name__, keyring_name()); write_entry('c', SECRET); delete_entry('c')"
    assert real.python(f"{OURS}{stand_in}{ask}") == "ChainerBackend Secret Service"


def test_a_keyring_that_hangs_is_a_sentence_and_does_not_keep_the_process(real: RealKeyring) -> None:
    with real.hanging():
        said = real.python(f"{OURS}print(said(read_entry, 'a', seconds=0.5))")
    assert said == (
        "The keyring did not answer in 0.5 seconds: unlock it and try again, or set the PIPEDREAM_* variables, "
        "or name a command that prints the secret."
    )


def test_an_event_loop_ends_while_the_keyring_hangs(real: RealKeyring) -> None:
    with real.hanging():
        said = real.python(
            f"{OURS}import asyncio\nprint(said(lambda: asyncio.run(read_entry_async('a', seconds=0.5))))"
        )
    assert "did not answer" in said


def test_a_keyring_that_answers_again_is_used_again(real: RealKeyring) -> None:
    again = """
import os
write_entry('d', SECRET)
os.kill(DAEMON, signal.SIGSTOP)
try:
    print('did not answer' in said(read_entry, 'd', seconds=0.5))
    print('did not answer' in said(read_entry, 'd', seconds=3600))
    print(sum(thread.name == 'pd-lsp-keyring' for thread in threading.enumerate()))
finally:
    os.kill(DAEMON, signal.SIGCONT)
for thread in threading.enumerate():
    if thread.name == 'pd-lsp-keyring':
        thread.join()
print(read_entry('d') == SECRET)
"""
    said = real.python(f"{OURS}DAEMON = {real.daemon.pid}\n{again}")
    assert said.split() == ["True", "True", "1", "True"]


def test_without_a_bus_there_is_no_keyring(real: RealKeyring) -> None:
    no_bus = "import os; del os.environ['DBUS_SESSION_BUS_ADDRESS']"
    name, said = real.python(f"{no_bus}{OURS}print(keyring_name()); print(said(read_entry, 'a'))").splitlines()
    assert name == "None"
    assert said == (
        "There is no keyring here that pd-lsp accepts: set the PIPEDREAM_* variables, "
        "or name a command that prints the secret."
    )


def test_a_keyring_that_is_gone_since_it_was_chosen_is_none(real: RealKeyring) -> None:
    code = f"{OURS}import os; keyring_name(); del os.environ['DBUS_SESSION_BUS_ADDRESS']; print(said(read_entry, 'a'))"
    assert "There is no keyring here" in real.python(code)


def test_a_choice_of_keyring_that_can_not_be_loaded_is_none(real: RealKeyring) -> None:
    code = f"import os; os.environ['PYTHON_KEYRING_BACKEND'] = 'nobody.has.This'{OURS}print(said(read_entry, 'a'))"
    assert "accepts (ModuleNotFoundError): set the" in real.python(code)


def test_a_locked_keyring_whose_question_nobody_can_answer_is_a_sentence(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with real_keyring(tmp_path_factory.mktemp("locked")) as real:
        real.python(f"{OURS}write_entry('a', SECRET)")
        real.lock()
        for ask in ("read_entry, 'a'", "write_entry, 'a', 'b'", "delete_entry, 'a'"):
            assert real.python(f"{OURS}print(said({ask}))") == (
                "The keyring is locked, or its question was dismissed: unlock it and try again, or set the "
                "PIPEDREAM_* variables, or name a command that prints the secret."
            )
