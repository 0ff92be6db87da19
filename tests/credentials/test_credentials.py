import copy
import json
import logging
import pickle
import pprint

import pytest

from pd_lsp.credentials import Credentials, secrets_of

TOKEN = "xoxb-invented-4815162342"


def credentials() -> Credentials:
    return Credentials("slack", {"oauth_access_token": TOKEN, "team": {"ids": ["T-invented", 4815162342]}})


@pytest.mark.parametrize("show", [repr, str, "{}".format, "{:>80}".format, "%r %s".__mod__, ascii, pprint.pformat])
def test_no_way_of_printing_shows_a_value(show: object) -> None:
    shown = show((credentials(), credentials())) if show == "%r %s".__mod__ else show(credentials())
    assert "oauth_access_token" in shown
    assert "invented" not in shown
    assert "4815" not in shown


@pytest.mark.parametrize("take", [copy.copy, copy.deepcopy, pickle.dumps, json.dumps, vars, dict, list])
def test_no_copy_pickle_or_json_is_made(take: object) -> None:
    with pytest.raises(TypeError) as refusal:
        take(credentials())
    assert "invented" not in str(refusal.value)


def test_two_with_the_same_values_are_not_equal() -> None:
    one, other = credentials(), credentials()
    assert one == one  # noqa: PLR0124 - identity is what is asserted
    assert one != other
    assert len({one, other}) == 2
    with pytest.raises(TypeError):
        _ = one < other


def test_logging_shows_names_only(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        logging.getLogger("pd_lsp").info("got %s", credentials())
    assert "invented" not in caplog.text


def test_the_one_way_out_gives_a_copy_of_the_values() -> None:
    given = {"a": {"b": [TOKEN]}}
    held = Credentials("slack", given)
    given["a"]["b"].append("later")
    held.reveal()["a"]["b"].clear()
    assert held.reveal() == {"a": {"b": [TOKEN]}}
    assert held.names == ("a",)
    assert held.source == "slack"


def test_secrets_are_every_value_by_its_path() -> None:
    assert [(secret.marker, secret.value) for secret in secrets_of(credentials())] == [
        ("slack.oauth_access_token", TOKEN),
        ("slack.team.ids.0", "T-invented"),
        ("slack.team.ids.1", "4815162342"),
    ]


def test_common_and_short_values_are_secrets_beside_their_key_only() -> None:
    values = {"a": True, "b": "false", "c": "U1", "d": "Default", "e": 12, "f": None, "g": "", "h": "abcd"}
    found = {secret.marker: secret.only_after for secret in secrets_of(Credentials("x", values))}
    assert found == {"x.a": "a", "x.b": "b", "x.c": "c", "x.d": "d", "x.e": "e", "x.h": None}


def test_values_inside_a_json_text_are_secrets_of_their_own() -> None:
    key_file = json.dumps({"type": "made_up", "private_key": "line-invented-1\nline-invented-2\n"}, indent=1)
    found = {secret.marker: secret.value for secret in secrets_of(Credentials("google", {"key_json": key_file}))}
    assert found["google.key_json"] == key_file
    assert found["google.key_json.private_key"] == "line-invented-1\nline-invented-2\n"


def test_a_marker_holds_printable_characters_only_and_is_not_endless() -> None:
    (secret,) = secrets_of(Credentials("x", {"a\x1b[31m\u202e" + "y" * 300: TOKEN}))
    assert secret.marker.isprintable()
    assert len(secret.marker) <= 80
