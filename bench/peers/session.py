"""All servers at once, taking turns: the machine's load is the same for each, and who does not answer stops playing."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bench.peers.figures import Figures
from bench.peers.servers import BARE, OURS, Competitor
from bench.peers.stub import Keys, write_stub
from bench.pipes import NoAnswerError
from bench.wire import Server

_FIRST = 30.0
_Answer = TypeVar("_Answer")


@dataclass(slots=True)
class Player:
    """A server that takes part, and what it has shown so far."""

    competitor: Competitor
    server: Server
    step: Path
    figures: Figures = field(default_factory=Figures)
    failures: int = 0

    @property
    def uri(self) -> str:
        """The document that is typed into."""
        return self.step.as_uri()

    def attempt(self, ask: "Callable[[Player], _Answer]", forgives: int = 0) -> _Answer | None:
        """What `ask` gives; None of one that does not answer, more often than that is forgiven: it is asked no more."""
        if self.failures > forgives:
            return None
        try:
            return ask(self)
        except NoAnswerError as error:
            self.failures += 1
            self.figures.why = str(error)
            return None


Players = Mapping[str, Player]
"""By the name of the server."""


@contextmanager
def session(competitors: list[Competitor], keys: Keys, folder: Path) -> Iterator[Players]:
    """All servers that can be started, each in a folder of its own with the stub; ours has no stub."""
    players: dict[str, Player] = {}
    try:
        for one in competitors:
            player = _started(one, keys, folder / one.name.replace(" ", "-"))
            if player:
                players[one.name] = player
        yield players
    finally:
        for player in players.values():
            player.server.close()


def begin(players: Players, text: str, where: tuple[int, int]) -> None:
    """Opens the text everywhere and waits for a first answer."""

    def start(one: Player) -> None:
        one.server.open(one.uri, text)
        one.server.completion(one.uri, *where, _FIRST)
        one.server.rest(3)
        one.server.tree.look()

    in_turn(players, [start], _FIRST)


def in_turn(players: Players, asks: Iterable[Callable[[Player], object]], seconds: float) -> None:
    """Asks each the first, then each the second, as long as they answer and have not taken `seconds` for all so far."""
    took = dict.fromkeys(players, 0.0)
    for ask in asks:
        for name, one in players.items():
            if took[name] < seconds:
                begun = time.perf_counter()
                one.attempt(ask)
                took[name] += time.perf_counter() - begun


def _started(competitor: Competitor, keys: Keys, folder: Path) -> Player | None:
    folder.mkdir()
    step = folder / "entry.py"
    step.write_text("")
    if competitor.name != OURS:
        write_stub(folder, keys, for_jedi=competitor.reads_plain_dictionaries)
    is_own = competitor.name in {OURS, BARE}
    try:
        server = Server(competitor.command, folder, configuration=competitor.configuration, needs_bench=is_own)
        if competitor.name == OURS:
            server.request("workspace/executeCommand", {"command": "pd.refreshAccounts", "arguments": []}, 60)
    except (NoAnswerError, OSError):
        return None
    return Player(competitor, server, step)
