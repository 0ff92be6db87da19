"""What steps gave on when they last ran here, as keys and kinds, for completion in later steps (D18).

Of what is kept, redacted, the keys count that are names: no key in which a value was blanked, and none of a large
table, whose keys are data.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pd_lsp.credentials.blanked import BEGINNING
from pd_lsp.shapes import Shape, shape_of
from pd_lsp.workflows.kept_runs import last_result

SOURCE = "a run here"
_LONGEST_KEY = 100
_MOST_KEYS = 100
"""Of one object; one with more is a table."""
_MOST_PLACES = 2_000
"""Of one step."""


@dataclass(frozen=True, slots=True)
class RunShape:
    """What a step gave on, and when, in seconds since 1970."""

    shape: Shape
    at: float


def read_run_shape(step: Path) -> RunShape | None:
    """What is known of the step in the file `step` from its last run that succeeded; None where none is kept."""
    run = last_result(step)
    return RunShape(_Names().of(shape_of(run.outputs, SOURCE)), run.at) if run else None


class _Names:
    """Makes one shape anew, as far as its keys are names and there is room."""

    def __init__(self) -> None:
        self._places = 0

    def of(self, shape: Shape) -> Shape:
        self._places += 1
        keys = dict(self._keys(shape.keys)) if len(shape.keys) <= _MOST_KEYS else {}
        items = self.of(shape.items) if shape.items and self._places < _MOST_PLACES else None
        return replace(shape, keys=keys, items=items)

    def _keys(self, keys: Mapping[str, Shape]) -> Iterator[tuple[str, Shape]]:
        for key, below in keys.items():
            if self._places < _MOST_PLACES and _is_name(key):
                yield key, self.of(below)


def _is_name(key: str) -> bool:
    """Whether a key is a name that completion can offer, and no value that a run must not show."""
    return 0 < len(key) <= _LONGEST_KEY and key.isprintable() and BEGINNING not in key
