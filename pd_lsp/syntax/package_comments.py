"""The comments that ask Pipedream for a package: `# pipedream add-package slack_sdk==3.27.0`.

Nothing else reads them: what stands in a string is no comment, for a rule as for an installation
(docs/platform.md, section 1.7).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.syntax.tree import Node, Tree
from pd_lsp.text import Offset, TextRange

_COMMENT = re.compile(r"#[ \t]*pipedream[ \t]+add-package(?![\w-])[ \t]*(?P<wanted>[^\r\n]*)")
_NAME = re.compile(r"[\w.-]+")


@dataclass(frozen=True, slots=True)
class PackageComment:
    """One such comment."""

    node: Node
    wanted: str
    """What it asks for: all that stands behind `add-package`."""
    range: TextRange
    """Where that stands; the whole comment where nothing does."""

    @property
    def name(self) -> str:
        """The package, without a version, as it is written there; empty where the comment names none."""
        found = _NAME.match(self.wanted)
        return found.group() if found else ""


def package_comments(tree: Tree) -> Iterator[PackageComment]:
    """All of them, in the order of the text."""
    for found in _COMMENT.finditer(tree.text) if "add-package" in tree.text else ():
        node = tree.node_at(Offset(found.start()))
        if node.kind == "comment" and node.range.start == found.start():
            wanted = found["wanted"].rstrip()
            start = found.start("wanted") if wanted else found.start()
            end = start + len(wanted) if wanted else start + len(found.group().rstrip())
            yield PackageComment(node, wanted, TextRange(Offset(start), Offset(end)))
