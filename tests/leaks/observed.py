"""pd-lsp, with a note of the arguments and environment of every process that it starts, taken as it starts it.

Run by its path; the first argument is the file for the notes, and the others are those of `pd-lsp`. What such a
process starts itself is looked at by `processes.py` while a run goes on.
"""

import json
import os
import runpy
import sys

_STARTS = frozenset({"subprocess.Popen", "os.posix_spawn", "os.exec", "os.system"})


def _observe(notes: str) -> None:
    file = os.open(notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if event in _STARTS:
            environment = arguments[-1] if isinstance(arguments[-1], dict) else dict(os.environ)
            os.write(file, json.dumps([event, repr(arguments[:-1]), repr(environment)]).encode() + b"\n")

    sys.addaudithook(note)


if __name__ == "__main__":
    _observe(sys.argv.pop(1))
    sys.path.pop(0)  # this folder
    runpy.run_module("pd_lsp", run_name="__main__", alter_sys=True)
