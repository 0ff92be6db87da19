"""Every hand-made template as Pyright sees it, with the stub of `pd` and the real client libraries."""

import json
import shutil
import subprocess
from importlib import resources
from pathlib import Path

from tests.stubs.checkers import pyright_command


def test_pyright_has_nothing_to_say_of_any_hand_made_template(libraries_python: Path, tmp_path: Path) -> None:
    with resources.as_file(resources.files("pd_lsp.templates") / "apps") as apps:
        shutil.copytree(apps, tmp_path / "apps")
    (tmp_path / "__builtins__.pyi").write_text("from typing import Any\nclass pipedream:\n    inputs: Any\n")
    settings = {"include": ["apps"], "pythonVersion": "3.12", "typeCheckingMode": "basic"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings))
    command = pyright_command("pyright", "--outputjson", "--pythonpath", libraries_python)
    said = subprocess.run([*command, "-p", str(tmp_path)], capture_output=True, text=True, check=False).stdout
    report = json.loads(said)
    found = [
        f"{Path(one['file']).relative_to(tmp_path / 'apps')}:{one['range']['start']['line'] + 1}: {one['message']}"
        for one in report["generalDiagnostics"]
        if one["severity"] == "error"
    ]
    assert not found, "\n".join(found)
    assert report["summary"]["filesAnalyzed"] == sum(1 for _ in (tmp_path / "apps").rglob("*.py"))
