from pathlib import Path

import pytest

from pd_lsp.runs.requirements import Requirements, modules_in, requirements
from tests import samples


def needed(text: str) -> Requirements:
    return requirements(samples.snapshot(text))


@pytest.mark.parametrize(
    ("text", "packages"),
    [
        ("import requests", ("requests",)),
        ("import requests as r, json", ("requests",)),
        ("from PIL import Image", ("pillow",)),
        ("from bs4 import BeautifulSoup", ("beautifulsoup4",)),
        ("def f():\n    import yaml", ("pyyaml",)),
        ("from google.oauth2 import service_account", ("google-auth",)),
        ("from google.cloud import storage, bigquery as b", ("google-cloud-bigquery", "google-cloud-storage")),
        ("from google.protobuf import json_format", ("protobuf",)),
        ("from slack_sdk.errors import SlackApiError", ("slack-sdk",)),
        ("import os, sys, json, re, asyncio, tomllib, __future__", ()),
        ("from . import beside\nfrom .beside import x", ()),
        ("from pipedream.script_helpers import steps, export", ()),
        ("from pipedream import Pipedream", ("pipedream",)),
        ("import requests\nimport requests.auth\nfrom requests import get", ("requests",)),
        ("'import pandas'  # import numpy", ()),
        ("import requests\ndef handler(pd):\n    x = (", ("requests",)),
        ("import numpy.linalg as la\nfrom dateutil import *", ("numpy", "python-dateutil")),
    ],
)
def test_packages_are_those_that_imports_mean(text: str, packages: tuple[str, ...]) -> None:
    assert needed(text).packages == packages
    assert needed(text).unlisted == ()


def test_a_comment_adds_a_package_and_can_fix_its_version() -> None:
    text = "# pipedream add-package requests==2.31.0\n# pipedream add-package google-auth\nimport requests\n"
    assert needed(text).packages == ("google-auth", "requests==2.31.0")


def test_an_import_that_no_table_has_is_tried_by_its_own_name_and_called_so() -> None:
    assert needed("import reqeusts_zz").unlisted == ("reqeusts-zz",)
    assert needed("import reqeusts_zz").packages == ("reqeusts-zz",)


def test_what_the_modules_beside_a_step_are_called_is_no_package(tmp_path: Path) -> None:
    (tmp_path / "shapes.py").touch()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "money.py").touch()
    (tmp_path / "requests").mkdir()
    snapshot = samples.snapshot("import shapes, requests\nfrom shared.money import Money\n")
    assert requirements(snapshot, modules_in(tmp_path)).packages == ("requests",)
    assert requirements(snapshot).packages == ("requests", "shapes", "shared")


def test_what_a_comment_names_is_no_guess() -> None:
    found = needed("# pipedream add-package reqeusts_zz\nimport reqeusts_zz")
    assert (found.packages, found.unlisted) == (("reqeusts-zz",), ())


def test_a_comment_in_a_string_installs_nothing() -> None:
    text = '"""\n# pipedream add-package evil\n"""\nHELP = "# pipedream add-package evil"\n'
    found = needed(f"{text}# pipedream add-package tabulate\n")
    assert (found.packages, found.problems) == (("tabulate",), ())


def test_a_comment_counts_wherever_it_stands() -> None:
    text = "import requests  # pipedream add-package httpx\ndef handler(pd):\n    # pipedream add-package tabulate==1\n"
    assert needed(text).packages == ("httpx", "requests", "tabulate==1")


@pytest.mark.parametrize(
    "comment",
    [
        "--index-url=https://x",
        "git+https://x/y",
        "-r",
        "a>=1",
        "./here",
        "a;b",
        "a==1;x",
        "ä",
        "$HOME",
        "pip install a",
        "",
    ],
)
def test_a_comment_that_names_no_package_installs_nothing_and_says_so(comment: str) -> None:
    found = needed(f"# pipedream add-package {comment}\n")
    assert found.packages == ()
    assert [comment in problem for problem in found.problems] == [True]


def test_a_comment_can_not_steer_a_terminal_or_turn_the_text() -> None:
    (problem,) = needed("# pipedream add-package \x1b]0;a\x07\u202e" + "b" * 9000).problems
    assert not any(control in problem for control in "\x1b\x07\u202e")
    assert len(problem) < 500


def test_names_that_people_give_modules_of_their_own_are_no_packages_of_the_table() -> None:
    assert needed("import models, src, tests").unlisted == ("models", "src", "tests")
