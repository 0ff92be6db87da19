"""Every template of every app as Pyright sees it, with the stub of a project that has the apps and the real libraries.

The stub says of each account that the catalogue's keys are all it has, so a key of another name is an error too.
"""

import json
import subprocess
import sys
from collections.abc import Collection
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from pd_lsp.catalog import catalog
from pd_lsp.model import Account, Accounts, App, AppSlug
from pd_lsp.stubs.change import write
from pd_lsp.stubs.project import read_project
from pd_lsp.stubs.stub import stub_changes
from tests.stubs.checkers import pyright_command
from tests.templates.styles import STYLES, merged

MOST_APPS = 200
"""In one project: what Pyright needs for `pd.inputs` grows with the square of its names."""


def test_pyright_has_nothing_to_say_of_any_template_of_any_app_in_any_style(
    libraries_python: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    apps, count = iter(catalog()), 0
    while some := tuple(islice(apps, MOST_APPS)):
        project = tmp_path / some[0]
        project.mkdir()
        for number, style in enumerate(STYLES):
            for name, text in merged(style, some):
                (project / f"{name}_{number}.py").write_text(text, newline="")
        steps = {file.name for file in project.iterdir()}
        assert said_by_pyright(project, some, libraries_python) == [len(steps)]
        count += len(steps)
    with capsys.disabled():
        sys.stdout.write(f"\nPyright: {count} of {count} steps, of {len(catalog())} apps in {len(STYLES)} styles\n")


def test_pyright_does_see_a_key_that_no_account_has(libraries_python: Path, tmp_path: Path) -> None:
    step = 'def handler(pd: "pipedream"):\n    return pd.inputs["openai"]["$auth"]["api_kye"]\n'
    (tmp_path / "step.py").write_text(step)
    [error, _] = said_by_pyright(tmp_path, [AppSlug("openai")], libraries_python)
    assert "api_kye" in str(error)


def said_by_pyright(project: Path, apps: Collection[AppSlug], libraries: Path) -> list[str | int]:
    """Its errors in a project that has an account of each app, and then how many steps it has looked at."""
    write(stub_changes(read_project(project), accounts_of(apps), for_mypy=False))
    settings = {"exclude": ["typings"], "pythonVersion": "3.12", "typeCheckingMode": "basic"}
    (project / "pyrightconfig.json").write_text(json.dumps(settings))
    command = pyright_command("pyright", "--outputjson", "--pythonpath", libraries)
    done = subprocess.run([*command, "-p", str(project)], capture_output=True, text=True, check=False)
    report: dict[str, Any] = json.loads(done.stdout)
    errors = [one for one in report["generalDiagnostics"] if one["severity"] == "error"]
    return [*(f"{Path(one['file']).name}: {one['message']}" for one in errors), report["summary"]["filesAnalyzed"]]


def accounts_of(apps: Collection[AppSlug]) -> Accounts:
    """An account of each of these apps, which has the catalogue's keys and no others."""
    known = [facts.app for slug in apps if (facts := catalog().app(slug))]
    whole = [App(app.slug, app.name, app.fields, complete=True) for app in known]
    return Accounts(tuple(Account(f"apn_{app.slug}", app, app.name) for app in whole), complete=True)
