"""Forms in forms, and parts of values, as libraries show them: each was found by the leak scanner (D14)."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from urllib.parse import quote

import pytest

from pd_lsp.credentials import Credentials, Redactor, Secret, secrets_of

PASSWORD = 'it\'s-"100%25"\\of-made-up-ö'
SHOWN = "‹db.value›"


def redact(text: str, value: str = PASSWORD) -> str:
    return Redactor(secrets_of(Credentials("db", {"value": value}))).redact(text)


def as_csv(value: str) -> str:
    written = StringIO()
    csv.writer(written).writerow([value])
    return written.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        repr(json.dumps({"value": PASSWORD})),
        repr(json.dumps({"value": PASSWORD}, ensure_ascii=False)),
        json.dumps(repr([PASSWORD])),
        json.dumps(repr([PASSWORD]), ensure_ascii=False),
        repr(repr([PASSWORD])),
        json.dumps(json.dumps(PASSWORD, ensure_ascii=False), ensure_ascii=False),
        'echo "it\'s-\\"100%25\\"\\\\of-made-up-ö"',
        repr(f"'{PASSWORD}"),
        repr(f'"{PASSWORD}'),
        as_csv(PASSWORD),
        quote(PASSWORD, safe="!#$%&'()*+,/:;=?@[]~"),  # as requests writes an address
    ],
)
def test_no_part_of_a_value_with_quotes_is_left(text: str) -> None:
    shown = redact(text)
    assert "‹db.value›" in shown
    assert not any(part in shown for part in ("it", "100", "of-made-up"))


def test_a_quote_in_a_value_alone_is_found_however_python_quotes_the_text_around_it() -> None:
    for value in ("made'up'password", 'made"up"password'):
        for around in ("", "'", '"', "'\""):
            assert "up" not in redact(repr(f"{around}{value}"), value)


def test_the_password_of_an_address_is_a_value_by_itself() -> None:
    known = secrets_of(Credentials("db", {"url": "postgres://bot:pass%2Fword-1@db.example:5432/main"}))
    shown = Redactor(known).redact("for bot at db.example: pass%2Fword-1, pass/word-1")
    assert shown == "for bot at db.example: ‹db.url.password›, ‹db.url.password›"


def test_a_token_in_place_of_a_user_is_one_too() -> None:
    known = secrets_of(Credentials("git", {"url": "https://ghp_invented123@git.example"}))
    assert Redactor(known).redact("user ghp_invented123") == "user ‹git.url.user›"


def test_the_parts_of_a_jwt_are_values_by_themselves() -> None:
    known = secrets_of(Credentials("api", {"jwt": "eyJhbGciOi.cGF5bG9hZA-1.c2lnbmF0dXJl_2"}))
    shown = Redactor(known).redact("['eyJhbGciOi', 'cGF5bG9hZA-1', 'c2lnbmF0dXJl_2']")
    assert shown == "['eyJhbGciOi', '‹api.jwt.payload›', '‹api.jwt.signature›']"


def as_raised(convert: Callable[[str], object], value: str) -> str:
    with pytest.raises(ValueError, match="invalid|convert") as raised:
        convert(value)
    return str(raised.value)


@pytest.mark.parametrize("value", ["".join(f"made-up-{number}/" for number in range(99)), "line-of-key\n" * 99])
def test_what_python_leaves_of_a_long_value_in_an_error_is_blanked_to_its_end(value: str) -> None:
    cut = as_raised(int, value)
    assert len(cut) < 300
    assert redact(cut, value).rstrip("'") == "invalid literal for int() with base 10: '‹db.value›"


def test_the_beginning_of_a_long_value_is_blanked_as_far_as_it_goes_where_it_comes_in_pieces() -> None:
    value = "".join(f"made-up-{number}/" for number in range(99))
    stream = Redactor([Secret("db.value", value)]).stream()
    text = f"<{value[:250]}> and <{value}>".encode()
    shown = b"".join(stream.feed(text[at : at + 7]) for at in range(0, len(text), 7)) + stream.flush()
    assert shown.decode() == "<‹db.value›> and <‹db.value›>"


def test_a_value_with_a_colour_of_its_own_for_each_character_is_blanked() -> None:
    value = "".join(f"made-up-{number}/" for number in range(99))
    assert redact("\x1b[38;2;255;128;100m".join(value), value) == "‹db.value›"


def test_a_marker_stays_a_marker_also_where_json_escapes_it() -> None:
    known = Redactor([Secret("google.SERVICE_ACCOUNT", "made-up-value"), Secret("google.type", "service_account")])
    message = json.dumps({"stdout": known.redact("made-up-value")})
    assert known.redact(message) == message
