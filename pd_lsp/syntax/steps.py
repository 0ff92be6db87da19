"""What is read of an expression, step by step, and where such steps lead from `pd`."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from pd_lsp.syntax.tree import Node

MEMBERS = ("inputs", "steps", "context")
"""The members of `pd` that have keys."""
Meaning = tuple[str, ...] | str
"""The way from `pd` to a part of it, `("inputs", "slack")`, which is empty for `pd` itself; or a text."""


class Call(NamedTuple):
    """The arguments of a call, and the calls that are known where it stands."""

    arguments: Node | None
    around: "Calls"


Calls = tuple[tuple[Node, Call], ...]
"""By their parameters: the functions that were followed into, and the calls of them."""


class Step(NamedTuple):
    """What is read of an expression: an attribute, a key, or what a call of it returns."""

    kind: Literal["attribute", "key", "call"]
    text: str
    call: Call | None = None


Steps = tuple[Step, ...]
Follow = Callable[[Node, Steps, Calls], Meaning | None]
"""Tells what an expression stands for once these steps are read of it, where these calls led to it."""


def key_step(key: str) -> Step:
    """The step to a key."""
    return Step("key", key)


def part_of_pd(steps: Steps) -> Meaning | None:
    """Where `steps` lead from `pd`, if they read one of its members by keys."""
    if not steps:
        return ()
    is_member = steps[0].kind == "attribute" and steps[0].text in MEMBERS
    return tuple(step.text for step in steps) if is_member and all(one.kind == "key" for one in steps[1:]) else None


def first_known(meanings: Iterable[Meaning | None]) -> Meaning | None:
    """The first that is one."""
    return next((meaning for meaning in meanings if meaning is not None), None)
