"""What is printed: tables in Markdown, as `docs/bench.md` has them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bench.peers.figures import Figures, median
from bench.peers.goals import Results, goals
from bench.peers.servers import OURS
from bench.peers.shapes import SHAPES

_NONE = "–"


def shapes_table(found: Mapping[str, tuple[set[str], set[str]]]) -> Iterator[str]:
    """How many shapes each server gets right, and which not."""
    yield from _table(
        ("", "offers the key", "right text", "not offered", "wrong text"),
        (
            (
                name,
                f"{len(offered)} of {len(SHAPES)}",
                f"{len(right)} of {len(SHAPES)}",
                _names(shape.name for shape in SHAPES if shape.name not in offered),
                _names(shape.name for shape in SHAPES if shape.name in offered - right),
            )
            for name, (offered, right) in found.items()
        ),
    )


def place_table(found: Mapping[str, Figures]) -> Iterator[str]:
    """What typing in one place costs with each server."""
    heads = ("ms", "key", "p50", "p95", "p99", "processor", "hover", "says", "diagnostics", "find", "MB", "MB, workers")
    yield from _table(heads, (_place_row(name, one) for name, one in found.items()))


def apps_table(found: Mapping[int, Mapping[str, Figures]]) -> Iterator[str]:
    """What a list of apps takes, by number of accounts."""
    names = list(next(iter(found.values()), {}))
    rows = (
        (name, *(_listed(figures[name]) if name in figures else _NONE for figures in found.values())) for name in names
    )
    yield from _table(("ms", *(f"{accounts:,}" for accounts in found)), rows)


def goals_table(results: Results) -> Iterator[str]:
    """Each goal, and whether it was met."""
    rows = ((one.what, f"≤ {one.most:g}", _number(one.measured), one.verdict) for one in goals(results))
    yield from _table(("ratio", "goal", "measured", ""), rows)


def _place_row(name: str, one: Figures) -> Sequence[str]:
    memory = one.memory
    # Only ours does its main work in the first process; a peer may be a launcher with the server below it.
    own, below = (memory.own, memory.below) if memory and name == OURS else (memory.all if memory else None, None)
    return (
        name,
        _yes(one.offers_key) if one.walls else _NONE,
        *(_number(one.wall(part)) for part in (50, 95, 99)),
        _number(one.processor),
        _number(median(one.hovers)),
        _yes(one.hover_says) if one.hovers else _NONE,
        _number(median(one.diagnostics)),
        _yes(one.diagnostics_find) if one.diagnostics else _NONE,
        _number(own),
        _number(below or None),
    )


def _listed(one: Figures) -> str:
    return _number(median(one.apps)) + ("" if one.apps_right or not one.apps else " (not all)")


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _names(names: Iterable[str]) -> str:
    return "; ".join(names) or _NONE


def _number(value: float | None) -> str:
    if value is None:
        return _NONE
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"  # noqa: PLR2004 - three digits say enough


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
