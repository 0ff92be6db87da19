"""Each half-typed shape in each server: is the key offered, and does accepting it leave right text."""

import time
from functools import partial
from typing import Any

from bench.peers.accepting import accepted, is_right, item_for
from bench.peers.session import Player, Players
from bench.peers.shapes import KEY, SHAPES, Shape
from bench.wire import offers

Tried = dict[str, tuple[set[str], set[str]]]
"""By server: the shapes at which the key is offered, and those at which accepting it leaves right text."""
_PATIENCE = 20.0
_MOMENT = 0.5
"""Seconds after which a list that says that it is not whole is asked for again, as editors do with the next letter."""
_FORGIVEN = 2
"""How often a server may not answer, and be asked for the next shape all the same."""


def try_shapes(players: Players) -> Tried:
    """Tries all of them in all servers, each in a document of its own."""
    found: Tried = {}
    for name, one in players.items():
        offered, right = found[name] = set(), set()
        for shape in SHAPES:
            answer = one.attempt(partial(_ask, shape=shape), forgives=_FORGIVEN)
            chosen = item_for(answer, KEY, shape.text, shape.caret)
            if chosen:
                offered.add(shape.name)
            if chosen and is_right(shape, accepted(shape.text, shape.caret, *chosen), KEY):
                right.add(shape.name)
    return found


def _ask(one: Player, shape: Shape) -> Any:
    file = one.step.with_name(f"shape_{SHAPES.index(shape)}.py")
    file.write_text(shape.text)
    before = shape.text[: shape.caret]
    one.server.open(file.as_uri(), shape.text)
    where = before.count("\n"), len(before) - before.rfind("\n") - 1
    found = one.server.completion(file.as_uri(), *where, _PATIENCE)
    if isinstance(found, dict) and found.get("isIncomplete") and not offers(found, KEY):
        time.sleep(_MOMENT)
        found = one.server.completion(file.as_uri(), *where, _PATIENCE)
    one.server.notify("textDocument/didClose", {"textDocument": {"uri": file.as_uri()}})
    return found
