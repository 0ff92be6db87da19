"""What a key of `pd` stands for, and where a text reads it.

Keys are looked for by their letters: a step has very many of its own, and a question is about few.
"""

import re
from collections.abc import Iterator

from pd_lsp.model import Step
from pd_lsp.syntax.pd_key import PdKey, pd_key_at
from pd_lsp.syntax.tree import Tree
from pd_lsp.text import Offset, TextRange

_INPUT = re.compile(r"""inputs\s*(?:\[|\.\s*get\s*\()\s*\w?["']+""")

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
    names = {wanted[-1]}
    if step and wanted[0] == "app" and len(wanted) == len(("app", "slack")):
        names |= {prop.name for prop in step.apps if prop.app == wanted[1]}
    places = re.compile(f"""(?<=["'])(?:{"|".join(map(re.escape, names))})(?=["'])""").finditer(tree.text)
    keys = (pd_key_at(tree, Offset(place.start())) for place in places)
    return (key.range for key in keys if key and meaning(key, step) == wanted)


def input_keys(tree: Tree) -> Iterator[PdKey]:
    """The keys that are read right behind the word `inputs`, in the order of the text."""
    keys = (pd_key_at(tree, Offset(place.end())) for place in _INPUT.finditer(tree.text))
    return (key for key in keys if key and key.member == "inputs" and len(key.keys) == 1)
