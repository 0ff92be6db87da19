"""A package with a range of versions.

Pipedream's documentation knows one way to ask for a version: `==` (docs/platform.md, section 1.7). Nothing says what
becomes of `>=` and its like.

Wrong:

    # pipedream add-package slack_sdk>=3

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
from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.snapshot import Snapshot

_RANGE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*[ \t]*(?:>=?|<=?|~=|!=)[ \t]*[\w.*]+")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for comment in package_comments(snapshot.tree):
        if _RANGE.fullmatch(comment.wanted):
            yield Finding(comment.range, "Pipedream's documentation knows == alone: name a version, or none.")


RULE = Rule("add-package-version", "information", _find)
