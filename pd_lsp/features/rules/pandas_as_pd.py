"""A library called `pd` beside the `pd` of the handler.

After `import pandas as pd` a handler with a parameter `pd` has one of the two, never both: Pipedream's `pd` has no
`DataFrame`, and pandas has no `inputs`. Call the parameter `pdm`; Pipedream does not mind.

Wrong:

    import pandas as pd

    def handler(pd: "pipedream"):
        rows = pd.steps["fetch"]["$return_value"]
        return pd.DataFrame(rows).to_dict("records")

Right:

    import pandas as pd

    def handler(pdm: "pipedream"):
        rows = pdm.steps["fetch"]["$return_value"]
        return pd.DataFrame(rows).to_dict("records")
"""

from collections.abc import Iterator

from pd_lsp.features.pd_members import PD_MEMBERS
from pd_lsp.features.rules.meanings import imports
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.features.rules.statements import function_around, running_handler
from pd_lsp.syntax.bindings import bindings
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.name_search import Sought, identifiers
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Branch, Node, Tree
from pd_lsp.text import TextEdit, TextRange

_PD, _OTHER_NAME = "pd", "pdm"
_IMPORTS = ("import_statement", "import_from_statement")


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    tree, handler = snapshot.tree, running_handler(snapshot.tree)
    if "as pd" not in snapshot.text or handler is None or handlers(tree)[-1].parameter != _PD:
        return
    library = imports(tree).get(_PD)
    found = list(bindings(tree, tree.root.range, _PD))
    imported = [way for way in found if way and any(one.node.kind in _IMPORTS for one in way)]
    if not library or len(imported) != 1 or not all(found):
        return
    statement = imported[0][-1].node
    inside = function_around(statement)
    if inside is None:
        wrong = [use for use in _uses(tree, handler) if not _is_pipedreams(use)]
        message = f"Here pd is Pipedream's, not {library}: call the handler's parameter pdm."
    elif inside == handler:
        wrong = [use for use in _uses(tree, handler) if _is_pipedreams(use) and use.range.start > statement.range.end]
        message = f"Here pd is {library}, not Pipedream's: call the handler's parameter pdm."
    else:
        return
    fixes = _fixes(tree, handler)
    yield from (Finding(use.range, message, fixes) for use in wrong)


def _uses(tree: Tree, handler: Node) -> Iterator[Node]:
    """The `pd.member` of the handler's own code, in the order of the text."""
    for way in reversed(list(identifiers(tree, Sought(_PD, anywhere=False), handler.range, patient=True))):
        attribute = way[-2].node
        if _is_object(way) and function_around(attribute) == handler:
            yield attribute


def _is_object(way: list[Branch]) -> bool:
    return way[-2].node.kind == "attribute" and way[-1].field == "object"


def _is_pipedreams(attribute: Node) -> bool:
    member = attribute.field("attribute")
    return member is not None and member.text in PD_MEMBERS


def _fixes(tree: Tree, handler: Node) -> tuple[Fix, ...]:
    """Renames the parameter and what is Pipedream's, where each place says by its member which of both it is."""
    ways = list(identifiers(tree, Sought(_PD, anywhere=False), handler.range, patient=True))
    places: list[TextRange] = []
    for way in ways:
        is_parameter = any(branch.node.kind == "parameters" for branch in way)
        if is_parameter or (_is_object(way) and _is_pipedreams(way[-2].node)):
            places.append(way[-1].node.range)
        elif not _is_object(way) and way[-2].node.kind not in ("aliased_import", "keyword_argument"):
            return ()
    if next(identifiers(tree, Sought(_OTHER_NAME), patient=True), None):
        return ()
    return (Fix("Call the parameter pdm", tuple(TextEdit(place, _OTHER_NAME) for place in places), is_preferred=True),)


RULE = Rule("pandas-as-pd", "warning", _find)
