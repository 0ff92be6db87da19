"""Every template of every app, merged into steps of every style: it parses, and ruff finds no mistake."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from pd_lsp.catalog import catalog
from pd_lsp.features.code_actions.insert_template import insert_template
from pd_lsp.templates import templates_for
from pd_lsp.text import Offset, apply_edits

STYLES = {
    "a file with nothing in it": ("", ""),
    "double quotes, four blanks": (
        'import os\n\n\ndef handler(pd: "pipedream"):\n    name = os.environ["NAME"]\n',
        "    return name\n",
    ),
    "single quotes, two blanks": (
        "import os\n\n\ndef handler(pdm: 'pipedream'):\n  name = os.environ['NAME']\n",
        "  return name\n",
    ),
    "single quotes, tabs, the ends of lines of Windows": (
        "import os\r\n\r\n\r\ndef handler(pd):\r\n\tname = os.environ['NAME']\r\n",
        "\treturn name\r\n",
    ),
    "a block within": ("def handler(pd):\n    for number in range(3):\n        print('a', number)\n", ""),
}


@pytest.mark.parametrize("style", STYLES)
def test_every_template_is_right_python_in_this_style(
    style: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = STYLES[style]
    count = 0
    for slug in catalog():
        for number, template in enumerate(templates_for(slug)):
            edits = insert_template(before + after, Offset(len(before)), template)
            assert edits is not None, (slug, template.title)
            text = apply_edits(before + after, list(edits))
            statements = {
                ast.unparse(statement) for statement in ast.walk(ast.parse(text)) if isinstance(statement, ast.stmt)
            }
            assert "name = os.environ['NAME']" in statements or "os" not in before, text
            (tmp_path / f"{slug}_{number}.py").write_text(text, newline="")
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
