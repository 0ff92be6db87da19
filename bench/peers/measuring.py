"""What is asked of the servers, and how long it takes them."""

import time
from dataclasses import dataclass, field
from functools import partial

from bench.peers.places import APPS, WRONG_KEY, Place
from bench.peers.session import Player, Players, in_turn
from bench.peers.shapes import KEY
from bench.peers.stub import Keys
from bench.wire import items_of, offers

_PREFIXES = range(len(KEY) + 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is done in one place."""

    place: Place
    keys: int
    """How often the key is typed, letter by letter."""
    questions: int
    """How often there is a hover, and a question for diagnostics."""
    seconds: float
    """How long one server may take for one of these things; what it has answered until then counts."""


def type_key(players: Players, plan: Plan) -> None:
    """The key, typed as often as planned, and once more before anything counts."""
    place, seconds = plan.place, plan.seconds
    in_turn(players, [partial(_stroke, place=place, count=count) for count in _PREFIXES], seconds / 3)
    counted = _Counted(place)
    in_turn(players, [partial(counted.add, count=count) for count in _PREFIXES] * plan.keys, seconds)
    counted.share(players)


def hover_key(players: Players, plan: Plan) -> None:
    """Hovers over the key as a person does: a while after a change, which takes away what was answered before it."""
    in_turn(players, [partial(_hover, place=plan.place)] * plan.questions, plan.seconds)


def diagnose(players: Players, plan: Plan) -> None:
    """From a change that makes the key one that the account does not have to the diagnostics of the document."""
    in_turn(players, [partial(_diagnose, place=plan.place)] * plan.questions, plan.seconds)


def list_apps(players: Players, keys: Keys, times: int) -> None:
    """The list of all apps, where nothing is typed of a name yet; a cut one has to say that it is cut."""
    in_turn(players, [partial(_list_apps, keys=keys)] * times, 10)


def weigh(players: Players) -> None:
    """What the servers hold in memory at the end."""
    for one in players.values():
        held = one.server.tree.memory()
        one.figures.memory = held if held.all else None


def _stroke(one: Player, place: Place, count: int) -> tuple[float, bool]:
    """Milliseconds of one keystroke, and whether the key was offered; a rest is behind it."""
    typed = KEY[:count]
    stroke = one.server.type(one.uri, place.text(typed), *place.caret(typed))
    one.server.rest()
    return stroke.wall * 1000, offers(stroke.found, KEY)


@dataclass(slots=True)
class _Counted:
    """The keystrokes that count: processor time is that of all of them together, rests included."""

    place: Place
    begun: dict[str, float] = field(default_factory=dict)

    def add(self, one: Player, count: int) -> None:
        """One keystroke."""
        self.begun.setdefault(one.competitor.name, one.server.tree.processor())
        wall, is_right = _stroke(one, self.place, count)
        one.figures.walls.append(wall)
        one.figures.rights.append(is_right)

    def share(self, players: Players) -> None:
        """Shares the processor time out among the keystrokes."""
        for name, one in players.items():
            if one.figures.walls and not one.figures.why:
                one.server.tree.look()  # a process that was started meanwhile counts with all that it has used
                spent = one.server.tree.processor() - self.begun[name]
                one.figures.processor = spent * 1000 / len(one.figures.walls)


def _hover(one: Player, place: Place) -> None:
    for typed in (KEY[:-1], KEY):
        one.server.change(one.uri, place.text(typed))
        one.server.rest(0.3)
    begun = time.perf_counter()
    found = one.server.hover(one.uri, *place.caret(KEY[:5]))
    one.figures.hovers.append((time.perf_counter() - begun) * 1000)
    one.figures.hover_says = KEY in str(found).replace("\\", "")


def _diagnose(one: Player, place: Place) -> None:
    one.server.change(one.uri, place.text(KEY))
    one.server.rest(0.3)
    took, found = one.server.diagnostics(one.uri, place.wrong)
    one.figures.diagnostics.append(took * 1000)
    one.figures.diagnostics_find = any(WRONG_KEY in str(finding["message"]) for finding in found)


def _list_apps(one: Player, keys: Keys) -> None:
    one.server.change(one.uri, APPS.text("x"))
    one.server.rest()
    stroke = one.server.type(one.uri, APPS.text(""), *APPS.caret(""))
    one.figures.apps.append(stroke.wall * 1000)
    labels = {item["label"].strip("\"'") for item in items_of(stroke.found)} & keys.keys()
    is_cut = isinstance(stroke.found, dict) and bool(stroke.found.get("isIncomplete"))
    one.figures.apps_right = bool(labels) and (is_cut or len(labels) == len(keys))
    one.server.rest()
