"""Each half-typed shape in each server: is the key offered, and does accepting it leave right text."""

from functools import partial
from typing import Any

from bench.peers.accepting import accepted, is_right, item_for
from bench.peers.session import Player, Players
from bench.peers.shapes import KEY, SHAPES, Shape

Tried = dict[str, tuple[set[str], set[str]]]
"""By server: the shapes at which the key is offered, and those at which accepting it leaves right text."""


def try_shapes(players: Players) -> Tried:
    """Tries all of them in all servers, all in the one document that is open."""
    found: Tried = {}
    for name, one in players.items():
        offered, right = found[name] = set(), set()
        for shape in SHAPES:
            chosen = item_for(one.attempt(partial(_ask, shape=shape)), KEY, shape.text, shape.caret)
            if chosen:
                offered.add(shape.name)
            if chosen and is_right(shape, accepted(shape.text, shape.caret, *chosen), KEY):
                right.add(shape.name)
    return found


def _ask(one: Player, shape: Shape) -> Any:
    before = shape.text[: shape.caret]
    one.server.rest()
    one.server.change(one.uri, shape.text)
    return one.server.completion(one.uri, before.count("\n"), len(before) - before.rfind("\n") - 1)
