"""Two versions of one package.

All steps of a workflow share one version of a package (docs/platform.md, section 1.7): those of one step, and those of
the other steps, as far as their code lies beside it.

Wrong:

    # pipedream add-package slack_sdk==3.27.0
    # pipedream add-package slack-sdk==3.20.0

    def handler(pd: "pipedream"):
        return 1

Right:

    # pipedream add-package slack_sdk==3.27.0

    def handler(pd: "pipedream"):
        return 1
"""

import re
from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.model import as_pypi_writes
from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Tree
from pd_lsp.text import TextRange

_PINNED = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[\w.]+)")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    own = list(_pinned(snapshot.tree))
    known: dict[str, str] = {}
    for place, name, version in own:
        if known.setdefault(name, version) != version:
            yield Finding(place, f"{name} is asked for in version {known[name]} above: decide on one.")
    disabled = {step.namespace for step in snapshot.workflow.steps if step.disabled} if snapshot.workflow else set()
    for step, tree in snapshot.other_steps().items() if own else ():
        if step in disabled:
            continue
        for _, name, version in _pinned(tree):
            yield from (
                Finding(place, f"The step {step!r} asks for {name} in version {version}: all steps share one.")
                for place, own_name, own_version in own
                if own_name == name and own_version != version
            )


def _pinned(tree: Tree) -> Iterator[tuple[TextRange, str, str]]:
    """The packages that are asked for in one version: where, their name, the version."""
    for comment in package_comments(tree):
        pinned = _PINNED.fullmatch(comment.wanted)
        if pinned:
            yield comment.range, as_pypi_writes(pinned["name"]), pinned["version"]


RULE = Rule("add-package-twice", "warning", _find)
