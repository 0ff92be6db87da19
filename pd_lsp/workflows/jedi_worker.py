"""The one file that imports jedi: says where names of a text are defined. It runs as a process of its own (D25).

A line of JSON comes in for each question, and one goes out for each answer; the first line out says that jedi is there.
It ends with its standard input. It knows no other file of ours, so that nothing of a folder can stand in its place.
"""

import json
import signal
import sys
from collections.abc import Callable
from typing import Any

_HANGING = 5
"""Seconds after which a question ends the process, should nobody be there any more to do that."""


def main(cache: str, *folders: str) -> None:
    """Answers until nothing more comes in. `folders` are where jedi is and what it needs."""
    sys.path.extend(folders)
    ask = _with_jedi(cache)
    alarm: Callable[[int], Any] = getattr(signal, "alarm", lambda _seconds: None)
    _say({"ready": True})
    for line in sys.stdin:
        alarm(_HANGING)
        try:
            answer = ask(json.loads(line))
        except Exception:  # noqa: BLE001 - jedi raises whatever it meets: that costs one answer
            answer = {}
        alarm(0)
        _say(answer)


def _with_jedi(cache: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    import jedi  # noqa: PLC0415 - this process alone needs it, once it knows where to look for it
    from jedi.api.environment import InterpreterEnvironment  # noqa: PLC0415 - the same

    jedi.settings.cache_directory = cache
    jedi.settings.auto_import_modules = []
    environment = InterpreterEnvironment()

    def ask(question: dict[str, Any]) -> dict[str, Any]:
        project = jedi.Project(
            question["folder"], sys_path=question["paths"], smart_sys_path=False, load_unsafe_extensions=False
        )
        script = jedi.Script(question["text"], path=question["path"], project=project, environment=environment)
        for found in script.goto(question["line"], question["column"], follow_imports=True):
            if found.module_path is not None:
                is_module = found.type == "module"
                return {
                    "path": str(found.module_path),
                    "line": 0 if is_module or found.line is None else found.line - 1,
                    "column": None if is_module else found.column,
                }
        return {}

    return ask


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
