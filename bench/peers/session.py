"""One place, typed into with all servers: they take turns, keystroke by keystroke, so that the machine's load is shared."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.peers.accepting import accepted, is_right, item_for
from bench.peers.figures import Figures
from bench.peers.places import APPS, WRONG_KEY, Place
from bench.peers.servers import BARE, OURS, Competitor
from bench.peers.shapes import KEY, SHAPES
from bench.peers.stub import Keys, write_stub
from bench.wire import NoAnswerError, Server, items_of, offers

_LONGEST = 20.0
"""Seconds that one server may take for one part of a session; what it has answered until then counts."""
_FIRST = 30.0


@dataclass(slots=True)
class Playing:
    """A server that takes part, and what it has shown so far."""

    competitor: Competitor
    server: Server
    uri: str
    figures: Figures = field(default_factory=Figures)
    has_failed: bool = False


@contextmanager
def session(competitors: list[Competitor], keys: Keys, folder: Path) -> Iterator[dict[str, Playing]]:
    """All servers, each started in a folder of its own with the stub; ours has no stub. Missing ones are left out."""
    playing: dict[str, Playing] = {}
    try:
        for number, one in enumerate(competitors):
            own = folder / str(number)
            own.mkdir()
            if one.name != OURS:
                write_stub(own, keys, for_jedi=one.reads_plain_dictionaries)
            step = own / "entry.py"
            step.write_text("")
            try:
                server = Server(
                    one.command, own, configuration=one.configuration, needs_bench=one.name in (OURS, BARE)
                )
                playing[one.name] = Playing(one, server, step.as_uri())
            except (NoAnswerError, OSError):
                continue
        if OURS in playing:
            server = playing[OURS].server
            server.request("workspace/executeCommand", {"command": "pd.refreshAccounts", "arguments": []}, 60)
        yield playing
    finally:
        for one in playing.values():
            one.server.close()


def begin(playing: Mapping[str, Playing], text: str, where: tuple[int, int]) -> None:
    """Opens the text everywhere and waits for a first answer."""

    def start(one: Playing) -> None:
        one.server.open(one.uri, text)
        one.server.completion(one.uri, *where, _FIRST)
        one.server.rest(3)
        one.server.tree.look()

    _in_turn(playing, start)


def type_key(playing: Mapping[str, Playing], place: Place, rounds: int) -> None:
    """The key, typed letter by letter `rounds` times, and once more before anything counts."""
    took = dict.fromkeys(playing, 0.0)
    strokes = dict.fromkeys(playing, 0)
    begun: dict[str, float] = {}
    for around in range(rounds + 1):
        for count in range(len(KEY) + 1):
            key = KEY[:count]
            text, where = place.text(key), place.caret(key)
            for name, one in playing.items():
                if one.has_failed or took[name] > _LONGEST:
                    continue
                if around and name not in begun:
                    begun[name] = one.server.tree.processor()
                stroke = _attempt(one, lambda one=one: one.server.type(one.uri, text, *where))
                if stroke is None:
                    continue
                one.server.rest()
                took[name] += stroke.wall
                if around:
                    one.figures.walls.append(stroke.wall * 1000)
                    one.figures.rights.append(offers(stroke.found, KEY))
                    strokes[name] += 1
    for name, one in playing.items():
        if strokes[name]:
            one.figures.processor = (one.server.tree.processor() - begun[name]) * 1000 / strokes[name]


def hover_key(playing: Mapping[str, Playing], place: Place, times: int) -> None:
    """Hovers over the key, after a change each: an answer that is kept from before would say nothing."""
    line, column = place.caret(KEY[:5])

    def ask(one: Playing) -> None:
        one.server.change(one.uri, place.text(KEY))
        begun = time.perf_counter()
        found = one.server.hover(one.uri, line, column)
        one.figures.hovers.append((time.perf_counter() - begun) * 1000)
        one.figures.hover_says = KEY in str(found).replace("\\", "")
        one.server.rest()

    _repeat(playing, ask, times)


def diagnose(playing: Mapping[str, Playing], place: Place, times: int) -> None:
    """From a change that makes the key one that the account does not have to the diagnostics of the document."""

    def ask(one: Playing) -> None:
        one.server.change(one.uri, place.text(KEY))
        one.server.rest(0.3)
        begun = time.perf_counter()
        found = one.server.diagnostics(one.uri, place.wrong)
        one.figures.diagnostics.append((time.perf_counter() - begun) * 1000)
        one.figures.diagnostics_find = any(WRONG_KEY in str(finding["message"]) for finding in found)

    _repeat(playing, ask, times)


def list_apps(playing: Mapping[str, Playing], keys: Keys, times: int) -> None:
    """The list of all apps, where nothing is typed of a name yet; a cut one has to say that it is cut."""

    def ask(one: Playing) -> None:
        one.server.change(one.uri, APPS.text("x"))
        one.server.rest()
        stroke = one.server.type(one.uri, APPS.text(""), *APPS.caret(""))
        labels = {item["label"].strip("\"'") for item in items_of(stroke.found)} & keys.keys()
        is_cut = isinstance(stroke.found, dict) and bool(stroke.found.get("isIncomplete"))
        one.figures.apps.append(stroke.wall * 1000)
        one.figures.apps_right = bool(labels) and (is_cut or len(labels) == len(keys))
        one.server.rest()

    _repeat(playing, ask, times)


def weigh(playing: Mapping[str, Playing]) -> None:
    """What the servers hold in memory at the end."""
    for one in playing.values():
        if not one.has_failed:
            one.figures.memory = one.server.tree.memory()


def try_shapes(playing: Mapping[str, Playing]) -> dict[str, tuple[set[str], set[str]]]:
    """For each server the shapes at which it offers the key, and those at which accepting it leaves right text."""
    found: dict[str, tuple[set[str], set[str]]] = {name: (set(), set()) for name in playing}
    for shape in SHAPES:
        before = shape.text[: shape.caret]
        where = before.count("\n"), len(before) - before.rfind("\n") - 1
        for name, one in playing.items():
            one.has_failed = False

            def ask(one: Playing) -> object:
                one.server.change(one.uri, shape.text)
                return one.server.completion(one.uri, *where)

            offered = _attempt(one, lambda one=one: ask(one))
            chosen = item_for(offered, KEY, shape.text, shape.caret)
            if chosen:
                found[name][0].add(shape.name)
                if is_right(shape, accepted(shape.text, shape.caret, *chosen), KEY):
                    found[name][1].add(shape.name)
            one.server.rest()
    return found


def _repeat(playing: Mapping[str, Playing], ask: Callable[[Playing], None], times: int) -> None:
    took = dict.fromkeys(playing, 0.0)

    def ask_in_time(one: Playing) -> None:
        if took[one.competitor.name] < _LONGEST:
            begun = time.perf_counter()
            ask(one)
            took[one.competitor.name] += time.perf_counter() - begun

    for _ in range(times):
        _in_turn(playing, ask_in_time)


def _in_turn(playing: Mapping[str, Playing], ask: Callable[[Playing], None]) -> None:
    for one in playing.values():
        if not one.has_failed:
            _attempt(one, lambda one=one: ask(one))


def _attempt(one, ask):
    """What `ask` gives; one that does not answer takes part no more, with the reason kept."""
    try:
        return ask()
    except NoAnswerError as error:
        one.has_failed, one.figures.why = True, str(error)
        return None
