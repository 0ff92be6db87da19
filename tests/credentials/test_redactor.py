import base64
import html
import json
import shlex
from urllib.parse import quote, quote_plus

import pytest

from pd_lsp.credentials import Credentials, Redactor, Secret, secrets_of

TOKEN = "xoxb-Invented/9+7=Token~q'\"&é"
SHOWN = "\u2039slack.token\u203a"
KEY = "-----BEGIN MADE UP KEY-----\nInventedLineOneZq7\nInventedLineTwoXj8\nQw==\n-----END MADE UP KEY-----\n"


def redactor(**values: object) -> Redactor:
    return Redactor(secrets_of(Credentials("slack", values)))


def check_blanked(form: str, *, value: str = TOKEN) -> None:
    shown = redactor(token=value).redact(f"before {form} after")
    assert shown == f"before {SHOWN} after"


@pytest.mark.parametrize(
    "form",
    [
        TOKEN,
        TOKEN.upper(),
        TOKEN.swapcase().replace("É", "é"),
        json.dumps(TOKEN)[1:-1],
        json.dumps(TOKEN, ensure_ascii=False)[1:-1],
        json.dumps(json.dumps(TOKEN))[3:-3],
        repr(TOKEN)[1:-1],
        ascii(TOKEN)[1:-1],
        repr(TOKEN.encode())[2:-1],
        shlex.quote(TOKEN)[1:-1],
        html.escape(TOKEN),
        html.escape(TOKEN, quote=False),
        quote(TOKEN),
        quote(TOKEN, safe=""),
        quote(TOKEN).lower(),
        quote_plus(TOKEN),
        TOKEN.encode().hex(),
        TOKEN.encode().hex().upper(),
    ],
)
def test_a_form_in_which_people_print_a_token_is_blanked_whole(form: str) -> None:
    check_blanked(form)


@pytest.mark.parametrize("lead", ["", "a", "ab", "user:"])
@pytest.mark.parametrize("trail", ["", "y", "yz"])
@pytest.mark.parametrize("encode", [base64.b64encode, base64.urlsafe_b64encode])
def test_base64_is_blanked_at_any_alignment_with_the_bits_at_its_edges(lead: str, trail: str, encode: object) -> None:
    encoded = encode(f"{lead}{TOKEN}{trail}".encode()).decode()
    shown = redactor(token=TOKEN).redact(f"Basic {encoded}.")
    left, right = shown.removeprefix("Basic ").removesuffix(".").split(SHOWN)
    assert len(left) == len(lead) * 8 // 6
    assert len(right.rstrip("=")) <= (len(trail) * 8 + 5) // 6


@pytest.mark.parametrize("lead", ["", "a", "ab"])
@pytest.mark.parametrize("outer", ["", "a", "ab"])
def test_base64_of_base64_is_blanked(lead: str, outer: str) -> None:
    once = base64.b64encode(f"{lead}{TOKEN}yz".encode())
    twice = base64.b64encode(outer.encode() + once).decode()
    shown = redactor(token=TOKEN).redact(twice)
    assert SHOWN in shown
    assert len(shown.replace(SHOWN, "")) <= 16  # what stands around it, and four bits at each edge


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n  "])
@pytest.mark.parametrize("lead", range(0, 76, 5))
def test_base64_that_an_encoder_wrapped_is_blanked_across_the_lines(lead: int, line_end: str) -> None:
    encoded = base64.encodebytes(b"." * lead + TOKEN.encode() * 3).decode().replace("\n", line_end)
    shown = redactor(token=TOKEN).redact(encoded)
    assert len(shown.replace(SHOWN, "").replace("Li4u", "").split()) <= 3
    assert len("".join(shown.replace(SHOWN, "").replace("Li4u", "").split())) <= 10


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_blanked(encoding: str) -> None:
    shown = redactor(token=TOKEN).redact_bytes(f"a {TOKEN} b".encode(encoding))
    assert SHOWN.encode() in shown
    assert "Invented".encode(encoding) not in shown


def test_a_value_cut_by_terminal_colours_is_blanked_with_them() -> None:
    coloured = "\x1b[31m" + "\x1b[1;32m\x1b[4m".join(TOKEN) + "\x1b[0m"
    assert redactor(token=TOKEN).redact(coloured) == f"\x1b[31m{SHOWN}\x1b[0m"


def test_each_line_of_a_key_is_blanked_where_it_stands_alone() -> None:
    shown = redactor(token=KEY).redact("> InventedLineTwoXj8\n> InventedLineOneZq7\n> Qw==\n")
    assert shown == f"> {SHOWN}\n> {SHOWN}\n> {SHOWN}\n"


def test_a_whole_key_is_one_marker_also_when_json_escapes_its_lines() -> None:
    assert redactor(token=KEY).redact(json.dumps({"key": KEY})) == json.dumps({"key": SHOWN}, ensure_ascii=False)


def test_of_two_values_one_in_the_other_no_fragment_remains() -> None:
    both = redactor(bot="xoxb-invented", full="xoxb-invented-and-longer-7")
    assert both.redact("a xoxb-invented-and-longer-7 b xoxb-invented c") == (
        "a \u2039slack.full\u203a b \u2039slack.bot\u203a c"
    )


def test_values_that_overlap_are_blanked_from_the_first_to_the_last() -> None:
    both = redactor(one="invented-abcdef", two="abcdef-uvwxyz")
    assert both.redact("<invented-abcdef-uvwxyz>") == "<\u2039slack.one\u203a>"


def test_a_short_value_is_blanked_as_a_whole_word_and_named_as_weak() -> None:
    short = redactor(pin="7391", token=TOKEN)
    assert short.weak == ("slack.pin",)
    assert short.redact("pin=7391 \n7391\n at 17391 and 7391x, \\n7391 \x1b[1m7391\x1b[0m") == (
        "pin=\u2039slack.pin\u203a \n\u2039slack.pin\u203a\n at 17391 and 7391x, "
        "\\n\u2039slack.pin\u203a \x1b[1m\u2039slack.pin\u203a\x1b[0m"
    )


@pytest.mark.parametrize("spell", [str, repr, json.dumps, lambda auth: json.dumps(json.dumps(auth)), json.loads])
def test_a_step_that_prints_its_auth_shows_every_key_and_no_value(spell: object) -> None:
    auth = {
        "oauth_access_token": TOKEN,
        "oauth_uid": "U1",
        "site_domain": "main",
        "enabled": True,
        "port": 12,
        "shard": "7391",
        "note": "None",
    }
    known = redactor(**auth)
    shown = (
        json.dumps(known.redact_json(auth), ensure_ascii=False) if spell is json.loads else known.redact(spell(auth))
    )
    for key in auth:
        assert key in shown
        assert f"\u2039slack.{key}\u203a" in shown
    for value in ("Invented", "U1", '"main', "'main", "true", "True", "12", "7391", "None"):
        assert value not in shown


def test_common_words_elsewhere_stay() -> None:
    text = "true: main branch, default=None, enabled False, 12 files, U1 https://localhost"
    assert redactor(a="main", b=True, c="default", d=12, e="https", f="localhost", g="U1").redact(text) == text


def test_numbers_and_keys_of_json_are_redacted() -> None:
    known = redactor(id=4815162342, token=TOKEN)
    assert known.redact_json({"n": 4815162342, TOKEN: [1, None, True, TOKEN], TOKEN.upper(): 2}) == {
        "n": "\u2039slack.id\u203a",
        SHOWN: [1, None, True, SHOWN],
        SHOWN + "'": 2,
    }


def test_redacting_twice_changes_nothing_more_even_when_a_value_is_the_name_of_the_source() -> None:
    known = redactor(site="slack", token=TOKEN)
    once = known.redact(f"slack {TOKEN} slack")
    assert once == f"\u2039slack.site\u203a {SHOWN} \u2039slack.site\u203a"
    assert known.redact(once) == once


def test_no_secrets_change_nothing() -> None:
    empty = Redactor([])
    stream = empty.stream()
    assert empty.redact("text \ud800") == "text \ud800"
    assert empty.redact_json({"a": [1]}) == {"a": [1]}
    assert stream.feed(b"\xff\x1b[") + stream.flush() == b"\xff\x1b["
    assert empty.weak == ()


def test_a_lone_surrogate_beside_a_secret_survives() -> None:
    assert redactor(token=TOKEN).redact(f"\udc80{TOKEN}\ud800") == f"\udc80{SHOWN}\ud800"


def test_a_line_is_shown_at_once_where_nothing_in_it_may_begin_a_secret() -> None:
    stream = redactor(token=TOKEN).stream()
    assert stream.feed(b"posting...\n") == b"posting...\n"
    assert stream.feed(b"to xoxb-Inv") == b"to "
    assert stream.feed(b"oice\n") == b"xoxb-Invoice\n"


def test_a_short_value_waits_for_the_byte_that_says_whether_it_is_a_whole_word() -> None:
    stream = redactor(pin="7391").stream()
    assert stream.feed(b"pin=7391") == b"pin="
    assert stream.feed(b"x 7391") == b"7391x "
    assert stream.feed(b"\n") == "\u2039slack.pin\u203a\n".encode()


def test_a_stream_can_be_used_again_after_a_flush() -> None:
    stream = redactor(token=TOKEN).stream()
    assert stream.feed(b"xoxb") + stream.flush() == b"xoxb"
    assert stream.feed(TOKEN.encode()) + stream.flush() == SHOWN.encode()


def test_a_secret_has_no_value_in_its_repr() -> None:
    assert "Invented" not in repr(Secret("slack.token", TOKEN))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\n  ", "\\n", "\\r\\n", "\r\n\t"])
def test_base64_that_a_line_end_cuts_at_any_byte_is_blanked(line_end: str) -> None:
    encoded = base64.b64encode(TOKEN.encode()).decode().rstrip("=")
    for cut in range(4, len(encoded)):
        shown = redactor(token=TOKEN).redact(f"<{encoded[:cut]}{line_end}{encoded[cut:]}>")
        assert shown == f"<{SHOWN}>", cut
