"""The name that was meant, where one was written that does not exist."""

from collections.abc import Iterable
from difflib import get_close_matches


def near_name(name: str, names: Iterable[str]) -> str | None:
    """The one of `names` that `name` is a part of (`calendar`: `google_calendar`), else that is nearly the same."""
    known = list(dict.fromkeys(names))
    whole = [one for one in known if f"_{name}_" in f"_{one}_"]
    if len(whole) == 1:
        return whole[0]
    return next(iter(get_close_matches(name, known, n=1, cutoff=0.8)), None)


def listed(names: Iterable[str], most: int = 8) -> str:
    """The names as a sentence has them, cut where they are many."""
    known = list(names)
    return ", ".join(known[:most]) + (", …" if len(known) > most else "")
