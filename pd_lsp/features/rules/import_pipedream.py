"""`import pipedream` for the annotation of `pd`.

The annotation `"pipedream"` is a text and needs no import. What the import brings is the client of Pipedream's API,
which Pipedream then installs with each deployment of the step (docs/platform.md, section 1.1). Said only where the step
makes no use of it.

Wrong:

    import pipedream

    def handler(pd: "pipedream"):
        return 1

Right:

    def handler(pd: "pipedream"):
        return 1
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_STATEMENTS = "(module (import_statement . name: (dotted_name) @name .) @import)"
_NAME = "pipedream"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    if f"import {_NAME}" not in snapshot.text:
        return
    for match in snapshot.tree.root.matches(_STATEMENTS, only_from_here=True):
        if match["name"].text == _NAME and len(_uses(snapshot)) == 1:
            fixes = _line_away(snapshot, match["import"])
            yield Finding(match["import"].range, "The annotation is a text and needs no import.", fixes)


def _uses(snapshot: Snapshot) -> list[Node]:
    return [way[-1].node for way in identifiers(snapshot.tree, Sought(_NAME), patient=True)]


def _line_away(snapshot: Snapshot, statement: Node) -> tuple[Fix, ...]:
    """Takes the statement away with its line, where it has one for itself."""
    place = statement.range
    number = snapshot.lines.line_of(place.start)
    if snapshot.lines.line_range(number) != place or number + 1 == snapshot.lines.line_count:
        return ()
    line = TextRange(place.start, snapshot.lines.line_range(number + 1).start)
    return (Fix("Take the import away", (TextEdit(line, ""),), is_preferred=True),)


RULE = Rule("import-pipedream", "information", _find)
