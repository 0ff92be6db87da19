"""A step that is still empty.

A file that a workflow.yaml lists as a Python step, with no code in it.

Wrong:

    # to do

Right:

    def handler(pd: "pipedream"):
        return {}
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.step_code import code_of, is_python_step
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit, TextRange

_HANDLER = 'def handler(pd: "pipedream"):\n    return {}\n'


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if not is_python_step(snapshot) or next(iter(code_of(snapshot.tree)), None):
        return
    end = Offset(len(snapshot.text))
    between = "\n\n\n" if snapshot.text.strip() and not snapshot.text.endswith("\n") else "\n\n" if end else ""
    fix = Fix("Write a handler", (TextEdit(TextRange(end, end), between + _HANDLER),))
    yield Finding(TextRange(Offset(0), Offset(0)), "This step has no code yet: Pipedream runs its handler.", (fix,))


RULE = Rule("empty-step", "information", _find)
