"""What the names stand for that a text imports: other texts tell, which nobody reads here."""

from dataclasses import dataclass
from typing import Protocol

from pd_lsp.syntax.tree import Node
from pd_lsp.text import Offset


class Imported(Protocol):
    """Knows other texts, as far as somebody has looked."""

    @property
    def is_late(self) -> bool:
        """Whether something that was asked for will be known soon."""

    def __call__(self, name: str, place: Offset) -> Node | None:
        """Where `name` is defined, which the text imports at `place`: an identifier, or a whole module."""


@dataclass(frozen=True, slots=True)
class _Nothing:
    """Knows no other text."""

    is_late: bool = False

    def __call__(self, name: str, place: Offset) -> None:
        """Nothing is known of any name."""


NOTHING_IMPORTED: Imported = _Nothing()
