"""Names of variables that a step gets, as they are looked for."""

import sys

import pytest

from pd_lsp.runs.variables import variables_of


def test_each_name_is_asked_for_once_and_told_whether_it_is_set() -> None:
    assert variables_of(["B", "A", "B"], {"A": ""}) == {"B": False, "A": True}


def test_windows_takes_small_letters_for_capitals(monkeypatch: pytest.MonkeyPatch) -> None:
    assert variables_of(["npm_token"], {"NPM_TOKEN": "made-up"}) == {"npm_token": False}
    monkeypatch.setattr(sys, "platform", "win32")
    assert variables_of(["npm_token"], {"NPM_TOKEN": "made-up"}) == {"NPM_TOKEN": True}
