import unicodedata

import pytest

from pd_lsp.trust.suspicious import Suspicion, suspicious_lines

STEP = 'import requests\n\n\ndef handler(pd: "pipedream"):\n    return {text}\n'


@pytest.mark.parametrize(
    "text",
    [
        "'plain'",
        "'caf\u00e9 na\u00efve \u00fcber'",
        repr(unicodedata.normalize("NFD", "caf\u00e9 \u1ec7")),
        "'\u65e5\u672c\u8a9e \ud55c\uad6d\uc5b4 \u4e2d\u6587'",
        "'\u4fae\ufe00 \u8fbb\U000e0100'",
        "'\u0420\u0443\u0441\u0441\u043a\u0438\u0439 \u0395\u03bb\u03bb\u03b7\u03bd\u03b9\u03ba\u03ac'",
        "'\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627'",
        "'\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'",
        "'\u0915\u094d\u200d\u0937 \u0d28\u0d4d\u200d'",
        "'\U0001f468\u200d\U0001f4bb \U0001f3f3\ufe0f\u200d\U0001f308 \U0001f469\U0001f3fd\u200d\u2695\ufe0f'",
        "'\u2764\ufe0f 1\ufe0f\u20e3 \u26a0\ufe0f \u2194\ufe0f \u203c\ufe0f \u2708\ufe0e'",
        "'\U0001f3f4\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f'",
        "'50\u00a0\u20ac \u2013 \u201cquoted\u201d \u2026'",
        "Handler(handlers, handle, error_handler, handler2, _handler)",
        "x\t\f",
    ],
)
def test_ordinary_text_is_not_suspicious(text: str) -> None:
    assert suspicious_lines(STEP.replace("{text}", text)) == ()
    assert suspicious_lines(STEP.replace("{text}", text).replace("\n", "\r\n")) == ()


@pytest.mark.parametrize("control", "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_control_that_turns_the_direction_of_text_is_shown(control: str) -> None:
    assert suspicious_lines(STEP.replace("{text}", f"'a{control}b'")) == (
        Suspicion(5, "a control that changes the direction of text", f"    return 'a<U+{ord(control):04X}>b'"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "a\u200bb",
        "a\u200db",
        "a\u200cb",
        "a\u2060b",
        "a\ufeffb",
        "a\u00adb",
        "a\u3164b",
        "a\u2028b",
        "a\x00b",
        "a\x1b[2Jb",
        "a\x85b",
        "a\x0bb",
        "a\ufe0fb",
        "\U0001f600\ufe0f\ufe0f",
        "\U0001f600\U000e0101",
        "a\U000e0061\U000e0062",
        "\U0001f3f4" + "\U000e0061" * 9 + "\U000e007f",
        "\U0001f3f4\U000e0061",
    ],
)
def test_an_invisible_character_out_of_place_is_shown(text: str) -> None:
    [found] = suspicious_lines(STEP.replace("{text}", f"'{text}'"))
    assert (found.line, found.why) == (5, "an invisible character")
    assert "<U+" in found.shown
    assert all(character.isprintable() for character in found.shown.replace("\U0001f600", ""))


@pytest.mark.parametrize(
    "name",
    [
        "h\u0430ndler",
        "\u04bbandler",
        "ha\u0578dler",
        "han\u0501ler",
        "hand\u04cfer",
        "handIer",
        "hand1er",
        "handl\u0435r",
        "handle\u0433",
        "\uff48\uff41\uff4e\uff44\uff4c\uff45\uff52",
        "h\u00e1ndler",
        "ha\u0301ndler",
    ],
)
def test_a_word_that_only_looks_like_handler_is_shown(name: str) -> None:
    [found] = suspicious_lines(f"def {name}(pd):\n    return 1\n\n\ndef handler(pd):\n    return 2\n")
    assert (found.line, found.why) == (1, "a word that only looks like `handler`")
    assert "<U+" in found.shown


def test_a_line_with_two_reasons_is_one_suspicion() -> None:
    [found] = suspicious_lines("def h\u0430ndler(pd):  # \u202e\n")
    assert found.why == "a control that changes the direction of text and a word that only looks like `handler`"
    assert found.shown == "def h<U+0430>ndler(pd):  # <U+202E>"


def test_a_byte_order_mark_belongs_at_the_beginning_and_nowhere_else() -> None:
    assert suspicious_lines("\ufeffdef handler(pd): ...\n") == ()
    assert [found.line for found in suspicious_lines("\ufeffa\n\ufeffb\n")] == [2]


def test_a_long_line_is_shown_around_what_deceives() -> None:
    [found] = suspicious_lines("x" * 5_000 + "\u202e" + "y" * 5_000)
    assert "<U+202E>" in found.shown
    assert len(found.shown) < 200
    assert found.shown[0] == found.shown[-1] == "\u2026"


def test_the_empty_text_is_not_suspicious() -> None:
    assert suspicious_lines("") == ()
