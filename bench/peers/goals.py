"""The goals of pd-lsp's speed, each as a ratio within one run, and whether they were met."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from bench.peers.figures import Figures, median
from bench.peers.servers import BARE, OURS, PYREFLY, TY
from bench.peers.shapes import SHAPES


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal, and what was measured; None where one of the two has no figure."""

    what: str
    most: float
    measured: float | None

    @property
    def verdict(self) -> str:
        """`met`, `missed`, or that it can't be said."""
        if self.measured is None:
            return "not measured"
        return "met" if self.measured <= self.most else "missed"


@dataclass(frozen=True, slots=True)
class Results:
    """What one run has found."""

    shapes: Mapping[str, tuple[set[str], set[str]]]
    """By server: the shapes at which the key is offered, and those at which accepting it leaves right text."""
    places: Mapping[str, Mapping[str, Figures]]
    """By place, then by server."""
    apps: Mapping[int, Mapping[str, Figures]]
    """By number of accounts, then by server."""


_Value = Callable[[Figures], float | None]
_TYPED = ((50, 0.25), (500, 0.25), (5_000, 0.1))
"""Lines, and what part of ty's median ours may take."""


def goals(results: Results) -> Iterator[Goal]:
    """All goals, in the order of the issue that set them. A time counts only where the answer was the right one."""
    missed = len(SHAPES) - len(results.shapes[OURS][1]) if OURS in results.shapes else None
    yield Goal(f"shapes with wrong or no text, of {len(SHAPES)}", 0, missed)
    for lines, most in _TYPED:
        yield _beside(
            results,
            lines,
            f"p50 of a keystroke, {lines:,} lines, to ty's",
            most,
            lambda one: one.wall(50) if one.offers_key else None,
        )
    for lines, _ in _TYPED:
        yield _beside(
            results,
            lines,
            f"p99 of a keystroke, {lines:,} lines, to ty's",
            0.5,
            lambda one: one.wall(99) if one.offers_key else None,
        )
    for lines, _ in _TYPED:
        what = f"processor time of a keystroke, {lines:,} lines, to ty's"
        yield _beside(results, lines, what, 0.3, lambda one: one.processor if one.offers_key else None)
    short, long = (_figures(results, lines).get(OURS, Figures()).processor for lines in (50, 5_000))
    yield Goal("processor time of a keystroke, 5,000 lines to 50", 2, _ratio(long, short))
    most = max(results.apps, default=0)
    ours, pyrefly = (results.apps.get(most, {}).get(name, Figures()) for name in (OURS, PYREFLY))
    yield Goal(f"the list of {most:,} apps, to pyrefly's", 0.15, _ratio(_listed(ours), _listed(pyrefly)))
    yield _beside(
        results, 50, "hover, 50 lines, to ty's", 0.5, lambda one: median(one.hovers) if one.hover_says else None
    )
    for lines, _ in _TYPED:
        what = f"memory of the server's process, {lines:,} lines, to bare pygls's"
        yield _beside(results, lines, what, 1.5, lambda one: one.memory.own if one.memory else None, BARE)


def _beside(results: Results, lines: int, what: str, most: float, value: _Value, other: str = TY) -> Goal:
    found = _figures(results, lines)
    ours, theirs = (value(found[name]) if name in found else None for name in (OURS, other))
    return Goal(what, most, _ratio(ours, theirs))


def _figures(results: Results, lines: int) -> Mapping[str, Figures]:
    return results.places.get(f"{lines:,} lines", {})


def _ratio(ours: float | None, theirs: float | None) -> float | None:
    return ours / theirs if ours is not None and theirs else None


def _listed(one: Figures) -> float | None:
    return median(one.apps) if one.apps_right else None
