"""Every template of every app, merged into steps of every style: it parses, and ruff finds no mistake."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pd_lsp.catalog import catalog
from tests.templates.styles import STYLES, merged


@pytest.mark.parametrize("style", STYLES)
def test_every_template_is_right_python_in_this_style(
    style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keeps_a_name = "NAME" in STYLES[style][0]
    count = 0
    for name, text in merged(style, catalog()):
        statements = {
            ast.unparse(statement) for statement in ast.walk(ast.parse(text)) if isinstance(statement, ast.stmt)
        }
        assert "name = os.environ['NAME']" in statements or not keeps_a_name, text
        (tmp_path / f"{name}.py").write_text(text, newline="")
        count += 1
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--isolated",
        "--select",
        "E9,F",
        "--ignore",
        "F841",
        "--config",
        "builtins=['pipedream']",
    ]
    said = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout[-3000:]
    with capsys.disabled():
        sys.stdout.write(f"\n{count} of {count} templates of {len(catalog())} apps: {style}\n")
