"""The answers that a step gives by `pd.respond`, where the text says what is in them."""

from collections.abc import Iterator

from pd_lsp.features.rules.arguments import arguments
from pd_lsp.features.rules.values import pairs, value_of
from pd_lsp.syntax.literal import string_value
from pd_lsp.syntax.pd_calls import PdCall, pd_calls
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node


def answers(snapshot: Snapshot) -> Iterator[tuple[PdCall, Node]]:
    """The calls of `pd.respond` with a dict literal, or with a name that was given nothing but one."""
    for call in pd_calls(snapshot.tree, "respond"):
        given = arguments(call.node)
        answer = value_of(snapshot.tree, given[0]) if len(given) == 1 else None
        if answer and answer.kind == "dictionary" and not answer.has_error:
            yield call, answer


def part(answer: Node, name: str) -> Node | None:
    """The value that a dict literal has under `name`; of several the last."""
    found = [value for key, value in pairs(answer) if key.kind == "string" and string_value(key.text) == name]
    return found[-1] if found else None


def is_whole(answer: Node) -> bool:
    """Whether all keys of a dict literal can be read: none is computed, nothing is unpacked into it."""
    entries = [one for one in answer.children if one.kind != "comment"]
    keys = [one.field("key") for one in entries]
    return all(key is not None and key.kind == "string" and string_value(key.text) is not None for key in keys)
