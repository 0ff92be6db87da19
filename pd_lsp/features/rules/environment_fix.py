"""A fix that reads an environment variable where Python has it."""

from pd_lsp.features.insertion.head import head_of
from pd_lsp.features.insertion.head_edits import head_edits
from pd_lsp.features.insertion.imported_names import ImportedName, import_statements, imported_by
from pd_lsp.features.rules.key_fix import quoted
from pd_lsp.features.rules.rule import Fix
from pd_lsp.syntax.bindings import is_bound
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit

_OS = ImportedName(None, "os")


def environment_fixes(snapshot: Snapshot, mapping: Node) -> tuple[Fix, ...]:
    """What makes `os.environ["NAME"]` of `mapping["NAME"]`, `mapping.NAME` and `mapping.get("NAME")`."""
    edit, imports = _edit(mapping), _import_edits(snapshot)
    if edit is None or imports is None:
        return ()
    return (Fix("Read it from os.environ", (*imports, edit), is_preferred=True),)


def _edit(mapping: Node) -> TextEdit | None:
    parent = mapping.parent
    if parent is None:
        return None
    name = parent.field("attribute") if parent.kind == "attribute" else None
    if parent.kind == "subscript" or (name and name.text == "get"):
        return TextEdit(mapping.range, "os.environ")
    is_called = parent.parent is not None and parent.parent.field("function") == parent
    return TextEdit(parent.range, f"os.environ[{quoted(name.text, parent)}]") if name and not is_called else None


def _import_edits(snapshot: Snapshot) -> tuple[TextEdit, ...] | None:
    """The edits that make `os` known; None where the text calls something else so."""
    tree = snapshot.tree
    imported = [name for statement in import_statements(tree.root) for name, _ in imported_by(statement)]
    if any(name.bound == "os" and name.module is None for name in imported):
        return ()
    if is_bound(tree, tree.root.range, "os"):
        return None
    edits = head_edits(snapshot.lines, head_of(tree, snapshot.lines), [_OS], [])
    line_end = "\r\n" if "\r\n" in snapshot.text else "\n"
    return tuple(TextEdit(edit.range, edit.new_text.replace("\n", line_end)) for edit in edits)
