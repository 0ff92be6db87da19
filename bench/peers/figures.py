"""What was measured of one server in one place, and how it is boiled down."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from bench.processes import Memory


def percentile(values: Sequence[float], part: float) -> float:
    """The smallest of `values` that at least `part` percent of them do not exceed."""
    return sorted(values)[max(math.ceil(len(values) * part / 100) - 1, 0)]


@dataclass(slots=True)
class Figures:
    """One server in one place. Times are milliseconds; an empty list is of what was not answered in time."""

    walls: list[float] = field(default_factory=list)
    rights: list[bool] = field(default_factory=list)
    """For each keystroke, whether the right key was offered."""
    processor: float | None = None
    """Of a keystroke, what it leaves to be done afterwards included."""
    hovers: list[float] = field(default_factory=list)
    hover_says: bool = False
    diagnostics: list[float] = field(default_factory=list)
    diagnostics_find: bool = False
    """Whether they name the unknown key."""
    apps: list[float] = field(default_factory=list)
    apps_right: bool = False
    memory: Memory | None = None
    why: str = ""
    """Why something is missing."""

    def wall(self, part: float) -> float | None:
        """A percentile of the keystrokes' times."""
        return percentile(self.walls, part) if self.walls else None

    @property
    def offers_key(self) -> bool:
        """Whether the right key was offered at each keystroke."""
        return bool(self.rights) and all(self.rights)


def median(values: Sequence[float]) -> float | None:
    """Their median; None where there are none."""
    return percentile(values, 50) if values else None
