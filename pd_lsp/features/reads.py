"""What a key of `pd` stands for, and where a text reads it."""

from collections.abc import Iterator

from pd_lsp.model import Step
from pd_lsp.syntax.pd_key import PdKey, pd_keys
from pd_lsp.syntax.tree import Tree
from pd_lsp.text import TextRange

Meaning = tuple[str, ...]
"""The same for two keys that stand for the same, whatever their steps call their props."""


def meaning(key: PdKey, step: Step | None) -> Meaning:
    """What `key` stands for in the code of `step`: `pd.inputs["slack_1"]` is the app of that prop."""
    if key.member != "inputs":
        return (key.member, *key.keys)
    name, *below = key.keys
    if step and name in step.data_stores:
        return ("data store", name, *below)
    app = next((prop.app for prop in step.apps if prop.name == name), name) if step else name
    return ("app", app, *below)


def reads(tree: Tree, step: Step | None, wanted: Meaning) -> Iterator[TextRange]:
    """Where the code of `step` reads what `wanted` means, in its order."""
    return (key.range for key in pd_keys(tree) if meaning(key, step) == wanted)
