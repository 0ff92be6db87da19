"""A comment for a package below the code.

Where there are several, all of them stand at the very top of the code (docs/platform.md, section 1.7).

Wrong:

    # pipedream add-package slack_sdk
    import json
    # pipedream add-package google-auth

    def handler(pd: "pipedream"):
        return json.dumps({})

Right:

    # pipedream add-package slack_sdk
    # pipedream add-package google-auth
    import json

    def handler(pd: "pipedream"):
        return json.dumps({})
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.step_code import code_of
from pd_lsp.syntax.package_comments import PackageComment, package_comments
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit, TextRange


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    comments = list(package_comments(snapshot.tree))
    first = next(iter(code_of(snapshot.tree)), None)
    if len(comments) < 2 or first is None:  # noqa: PLR2004 - several
        return
    above = [comment for comment in comments if comment.node.range.start < first.range.start]
    for comment in comments[len(above) :]:
        message = "Where several packages are asked for, all these comments stand at the very top of the code."
        yield Finding(comment.node.range, message, _fixes(snapshot, above, comment))


def _fixes(snapshot: Snapshot, above: list[PackageComment], comment: PackageComment) -> tuple[Fix, ...]:
    """Moves the comment below the last one at the top, where it has a line for itself."""
    lines = snapshot.lines
    number = lines.line_of(comment.node.range.start)
    line = lines.line_range(number)
    if not above or snapshot.text[line.start : line.end].strip() != comment.node.text.strip():
        return ()
    if number + 1 == lines.line_count:
        return ()
    text = snapshot.text[comment.node.range.start : comment.range.end]
    end = lines.line_range(lines.line_of(above[-1].node.range.start)).end
    below = TextRange(line.start, lines.line_range(number + 1).start)
    ending = snapshot.text[line.end : below.end] or "\n"
    edits = TextEdit(TextRange(Offset(end), Offset(end)), ending + text), TextEdit(below, "")
    return (Fix("Move it to the top", edits, is_preferred=True),)


RULE = Rule("add-package-place", "information", _find)
