"""What a rule is, and what it finds."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextEdit, TextRange

Severity: TypeAlias = Literal["error", "warning", "information", "hint"]
Level: TypeAlias = Literal["error", "warning", "information", "hint", "off"]
"""What a person can set for a rule."""
LEVELS: tuple[Level, ...] = ("error", "warning", "information", "hint", "off")


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that mend what was found."""

    title: str
    edits: tuple[TextEdit, ...]
    is_preferred: bool = False
    """Whether it is the one thing that was surely meant: editors apply it by a key of its own."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a rule is broken."""

    range: TextRange
    message: str
    """A sentence: what happens, and what to do."""
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. The docstring of the module that holds `find` is its page; the first line is its title."""

    code: str
    """Its stable name, such as `unknown-key`: in settings, in `# pd: ignore[…]`, in its page."""
    default: Level
    find: Callable[[Snapshot], Iterable[Finding]]
    """All findings in a step, in any order. Only asked for documents that are steps."""

    @property
    def page(self) -> str:
        """Why the rule is there, with code that breaks it (`Wrong:`) and code that does not (`Right:`), in Markdown."""
        return (sys.modules[self.find.__module__].__doc__ or "").strip()
