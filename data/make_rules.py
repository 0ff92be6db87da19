"""Makes docs/rules.md and the setting pdLsp.rules of the VS Code extension from the rules themselves."""  # noqa: INP001 - a script, no package

import inspect
import json
import re
from pathlib import Path
from types import ModuleType

from pd_lsp.features.rules import ALL
from pd_lsp.features.rules.rule import LEVELS, Rule

_ROOT = Path(__file__).parent.parent
PAGE = _ROOT / "docs" / "rules.md"
MANIFEST = _ROOT / "vscode-extension" / "package.json"
"""The files that are made; of the second the one setting."""
_MAKES_FIX = re.compile(r"\bFix\(|fix(es)?\(")
_HEAD = """\
# Rules

What pd-lsp warns of in a step. Each rule is silent where it would have to guess: as long as not all accounts are known,
where no `workflow.yaml` lists the step, where the code asks for a thing before it reads it. `pd-lsp check` prints the
same for a terminal or for CI, and `pd-lsp check --explain CODE` a page of this file.

## Choosing levels

* On one line: `# pd: ignore[unknown-key]` at its end; several codes with commas between them. The quick fix
  *Ignore … on this line* writes it.
* In your editor: the setting `pdLsp.rules`, `{"unknown-key": "off"}`. Editors without such a setting send it as
  `initializationOptions.rules`, and later by `workspace/didChangeConfiguration`.
* In a project: `"rules": {"unknown-key": "off"}` in its `pd-lsp.json`, which is read in trusted folders. What you have
  set in your editor counts before it.

A level is one of `error`, `warning`, `information`, `hint` and `off`.

## All rules
"""


def page_text() -> str:
    """The page: a table of all rules, and the page of each below it."""
    rows = [
        f"| [`{rule.code}`](#{rule.code}) | {rule.default} | {_title(rule)} | {'yes' if has_fix(rule) else ''} |"
        for rule in ALL
    ]
    table = "\n".join(["| code | level | what it finds | fix |", "|---|---|---|---|", *rows])
    return f"{_HEAD}\n{table}\n\n" + "\n".join(map(_section, ALL))


def manifest_text() -> str:
    """The manifest of the extension, its setting for each rule as the rules are."""
    manifest = json.loads(MANIFEST.read_text("utf-8"))
    setting = manifest["contributes"]["configuration"]["properties"]["pdLsp.rules"]
    setting["properties"] = {
        rule.code: {"type": "string", "enum": [*LEVELS], "default": rule.default, "markdownDescription": _title(rule)}
        for rule in ALL
    }
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def has_fix(rule: Rule) -> bool:
    """Whether it can mend what it finds, as its code says."""
    module = inspect.getmodule(rule.find)
    return isinstance(module, ModuleType) and _MAKES_FIX.search(inspect.getsource(module)) is not None


def _title(rule: Rule) -> str:
    return rule.page.partition("\n")[0]


def _section(rule: Rule) -> str:
    return f"## {rule.code}\n\nLevel: {rule.default}.\n\n{rule.page}\n"


if __name__ == "__main__":
    PAGE.write_text(page_text(), "utf-8")
    MANIFEST.write_text(manifest_text(), "utf-8")
