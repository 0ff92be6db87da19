"""How long ago something was, as a person says it."""

_UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def ago(at: float, now: float) -> str:
    """`2 min ago`; both times in seconds since 1970. What lies ahead, by another clock, counts as now."""
    seconds = int(now - at)
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{seconds // length} {unit} ago"
    return "just now"
