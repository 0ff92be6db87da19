"""A comment for a package that does not name one.

`# pipedream add-package slack_sdk` takes the name of one package on PyPI, with `==` and a version where one is wanted
(docs/platform.md, section 1.7), and no command. Each package has a comment of its own.

Wrong:

    # pipedream add-package pip install slack_sdk

    def handler(pd: "pipedream"):
        return 1

Right:

    # pipedream add-package slack_sdk==3.27.0

    def handler(pd: "pipedream"):
        return 1
"""

import re
from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit

_COMMAND = re.compile(r"(?:python\d?[ \t]+-m[ \t]+)?pip\d?[ \t]+install[ \t]+(?P<names>.*)")
_NAME = r"[A-Za-z0-9][A-Za-z0-9._-]*"
_ONE = re.compile(rf"{_NAME}(?:==[^\s,;#]+)?")
_SEVERAL = re.compile(rf"{_NAME}(?:==[\w.]+)?(?:[ \t]*,[ \t]*{_NAME}(?:==[\w.]+)?)+")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for comment in package_comments(snapshot.tree):
        command = _COMMAND.fullmatch(comment.wanted)
        if command:
            names = command["names"]
            fix = Fix(f"Change to {names}", (TextEdit(comment.range, names),), is_preferred=True)
            message = "This takes the name of a package, without pip install."
            yield Finding(comment.range, message, (fix,) if _ONE.fullmatch(names) else ())
        elif not comment.wanted:
            yield Finding(comment.range, "Name the package: # pipedream add-package slack_sdk.")
        elif _SEVERAL.fullmatch(comment.wanted):
            yield Finding(comment.range, "This takes one package: write a comment for each.")


RULE = Rule("add-package-form", "warning", _find)
