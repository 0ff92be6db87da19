"""Two versions of one package.

All steps of a workflow share one version of a package (docs/platform.md, section 1.7), and so does one step.

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

from pd_lsp.features.insertion.head import as_pypi_writes
from pd_lsp.features.rules.package_comments import package_comments
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.snapshot import Snapshot

_PINNED = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[\w.]+)")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    known: dict[str, str] = {}
    for comment in package_comments(snapshot):
        pinned = _PINNED.fullmatch(comment.wanted)
        if pinned is None:
            continue
        name, version = as_pypi_writes(pinned["name"]), pinned["version"]
        if known.setdefault(name, version) != version:
            yield Finding(comment.range, f"{name} is asked for in version {known[name]} above: decide on one.")


RULE = Rule("add-package-twice", "warning", _find)
