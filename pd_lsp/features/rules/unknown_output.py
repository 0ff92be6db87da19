"""A name under which an earlier step gives nothing on.

What a step gives on is `$return_value` and one key for each `pd.export` (docs/platform.md, section 1.3). Found only
where the code of that step tells all its outputs for certain: it is in Python, parses, and exports under literal names.

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["fetch"]["isues"]

Wrong:

    def handler(pd: "pipedream"):
        return pd.steps["fetch"]["title"]

Right:

    def handler(pd: "pipedream"):
        return pd.steps["fetch"]["issues"], pd.steps["fetch"]["$return_value"]["title"]
"""

from collections.abc import Iterator

from pd_lsp.features.rules.guards import asked_for
from pd_lsp.features.rules.key_fix import key_fix, quoted
from pd_lsp.features.rules.near_name import listed, near_name
from pd_lsp.features.rules.rule import Finding, Fix, Rule
from pd_lsp.shapes import Shape
from pd_lsp.syntax.pd_uses import PdUse, pd_uses
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit, TextRange

_RETURNED = "$return_value"


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for use in pd_uses(snapshot.tree):
        match use.path, use.read_by:
            case ("steps", step, key), "subscript" if key == _RETURNED or not key.startswith("$"):
                shape = snapshot.step_shapes().get(step)
                is_unknown = shape is not None and shape.closed and key not in shape.keys
                if shape and is_unknown and key not in asked_for(snapshot.tree, use.path[:-1]):
                    yield Finding(use.key, _message(step, key, shape), tuple(_fixes(snapshot, use, shape)))


def _message(step: str, key: str, shape: Shape) -> str:
    if not shape.keys:
        return f"The step {step!r} gives nothing on: let it return or export a value."
    return f"The step {step!r} gives on no {key!r}. It has: {listed(shape.keys)}."


def _fixes(snapshot: Snapshot, use: PdUse, shape: Shape) -> Iterator[Fix]:
    key = use.path[-1]
    returned = shape.keys.get(_RETURNED)
    near = near_name(key, (name for name in shape.keys if name != _RETURNED))
    if returned and key in returned.keys:
        place = TextRange(use.key.start, use.key.start)
        edit = TextEdit(place, f"{quoted(_RETURNED, use.node)}][")
        yield Fix("Read it from $return_value", (edit,), is_preferred=True)
    elif near:
        yield key_fix(snapshot, use.key, near)


RULE = Rule("unknown-output", "warning", _find)
