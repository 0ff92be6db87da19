"""The import of the time before `pd`.

`from pipedream.script_helpers import steps, export` belongs to Pipedream's older Python runtime. Today a step is a
handler that takes `pd`, and the package of that name no longer has the module (docs/platform.md, section 1.1).
`steps[…]` is `pd.steps[…]` today, and `export(…)` is `pd.export(…)`.

Wrong:

    from pipedream.script_helpers import steps, export

    def handler(pd: "pipedream"):
        export("name", steps["trigger"]["event"])

Right:

    def handler(pd: "pipedream"):
        pd.export("name", pd.steps["trigger"]["event"])
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.old_style import script_helpers_import
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = script_helpers_import(snapshot.tree)
    if found:
        message = "This belongs to Pipedream's older Python: today a handler reads pd.steps and calls pd.export."
        yield Finding(found, message)


RULE = Rule("script-helpers", "information", _find)
