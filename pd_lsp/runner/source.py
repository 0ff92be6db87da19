"""The text that runs, for all that shows lines of it: the file may be unsaved, older, or missing."""

import linecache


def remember_source(file: str, source: str) -> None:
    """Tracebacks and warnings quote `source` for `file`, and never read the file."""
    lines = [line + "\n" for line in source.split("\n")]
    linecache.cache[file] = (len(source), None, lines, file)  # no time of change: never compared with the disk
