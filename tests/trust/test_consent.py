from dataclasses import replace

import pytest

from pd_lsp.private_files import state_folder
from pd_lsp.trust.consent import Consent, forget_all, is_remembered, note_edit, remember

TEXT = "def handler(pd):\n    return 1\n"
EDITED = TEXT + "# edited here\n"
CONSENT = Consent(
    file="/project/step/entry.py",
    accounts=("apn_1", "apn_2"),
    environment="development",
    interpreter="/usr/bin/python3",
    folder="/project",
)


def test_nothing_is_remembered_until_somebody_said_always() -> None:
    assert not is_remembered(CONSENT, TEXT)


def test_always_holds_for_what_was_asked() -> None:
    remember(CONSENT, TEXT)
    assert is_remembered(CONSENT, TEXT)


@pytest.mark.parametrize(
    "changed",
    [
        replace(CONSENT, file="/project/other/entry.py"),
        replace(CONSENT, folder="/"),
        replace(CONSENT, accounts=("apn_1",)),
        replace(CONSENT, accounts=("apn_1", "apn_3")),
        replace(CONSENT, environment="production"),
        replace(CONSENT, interpreter="/project/.venv/bin/python"),
        replace(CONSENT, dotenv="/project/.env"),
        replace(CONSENT, variables=("NPM_TOKEN",)),
        replace(CONSENT, imports_from="/project/step"),
    ],
)
def test_always_falls_when_one_thing_is_another(changed: Consent) -> None:
    remember(CONSENT, TEXT)
    assert not is_remembered(changed, TEXT)


def test_always_falls_when_something_else_changed_the_file() -> None:
    remember(CONSENT, TEXT)
    assert not is_remembered(CONSENT, EDITED)


def test_always_survives_what_this_editor_changed_step_by_step() -> None:
    remember(CONSENT, TEXT)
    note_edit(CONSENT.file, TEXT, EDITED)
    note_edit(CONSENT.file, EDITED, EDITED + "\n")
    assert is_remembered(CONSENT, EDITED + "\n")
    assert not is_remembered(CONSENT, TEXT)


def test_an_edit_of_a_text_that_nobody_agreed_to_changes_nothing() -> None:
    remember(CONSENT, TEXT)
    note_edit(CONSENT.file, "written by somebody else", EDITED)
    note_edit("/project/other/entry.py", TEXT, EDITED)
    assert not is_remembered(CONSENT, EDITED)
    assert is_remembered(CONSENT, TEXT)


def test_an_edit_does_not_widen_what_was_agreed_to() -> None:
    remember(CONSENT, TEXT)
    note_edit(CONSENT.file, TEXT, EDITED)
    assert not is_remembered(replace(CONSENT, accounts=("apn_3",)), EDITED)


def test_a_new_always_takes_the_place_of_the_old_one_for_the_file() -> None:
    remember(CONSENT, TEXT)
    remember(replace(CONSENT, environment="production"), TEXT)
    assert not is_remembered(CONSENT, TEXT)


def test_forgetting_forgets_every_file() -> None:
    remember(CONSENT, TEXT)
    remember(replace(CONSENT, file="/project/other/entry.py"), TEXT)
    forget_all()
    assert not is_remembered(CONSENT, TEXT)
    assert not is_remembered(replace(CONSENT, file="/project/other/entry.py"), TEXT)


def test_the_file_holds_names_and_digests_only() -> None:
    remember(CONSENT, "token = 'invented-secret'")
    assert "invented" not in (state_folder() / "consents.json").read_text()


def test_of_very_many_files_those_not_run_for_longest_are_forgotten() -> None:
    consents = [replace(CONSENT, file=f"/project/{number}/entry.py") for number in range(502)]
    for consent in consents[:500]:
        remember(consent, TEXT)
    remember(consents[0], TEXT)
    for consent in consents[500:]:
        remember(consent, TEXT)
    remembered = [is_remembered(consent, TEXT) for consent in consents]
    assert remembered == [True, False, False] + [True] * 499


@pytest.mark.parametrize("content", ["", "[]", '{"consents": []}', '{"consents": {"/project/step/entry.py": true}}'])
def test_a_damaged_answer_is_no_consent(content: str) -> None:
    remember(CONSENT, TEXT)
    (state_folder() / "consents.json").write_text(content)
    assert not is_remembered(CONSENT, TEXT)
    note_edit(CONSENT.file, TEXT, EDITED)
    remember(CONSENT, TEXT)
    assert is_remembered(CONSENT, TEXT)


def test_a_text_with_a_lone_surrogate_can_be_remembered() -> None:
    remember(CONSENT, "'\ud800'")
    assert is_remembered(CONSENT, "'\ud800'")
