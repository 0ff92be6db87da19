"""Variables of the person's own environment that a step gets because they allowed them by name (D7, D12)."""

import re
import sys
from collections.abc import Iterable, Mapping

from pd_lsp.execution.environment import goes_to_every_step, is_reserved
from pd_lsp.runs.plan import RunRefusedError

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")
_LIKE_A_VALUE = 8
"""Characters from which on a text can be told for the value of a variable, rather than for a name."""


def check_names(names: Iterable[str], environment: Mapping[str, str]) -> None:
    """Raises RunRefusedError for a name that no step can be given.

    What may be a value in the place of a name stands in no message: somebody may have typed a secret there.
    """
    values = {value for value in environment.values() if len(value) >= _LIKE_A_VALUE}
    for name in names:
        if "=" in name:
            raise RunRefusedError(
                "A variable is allowed by its name alone, as other programs can read what stands on a command line: "
                "set it in your shell first, then give its name."
            )
        if not _NAME.fullmatch(name) or name in values:
            raise RunRefusedError(
                "What was given is no name of an environment variable: a name has letters, digits and underscores, "
                "such as API_TOKEN, and no $ before it."
            )
        if is_reserved(name):
            raise RunRefusedError(
                f"No step gets {name}: names with PIPEDREAM_ are the platform's own, and those with PYTHON, LD_ or "
                "DYLD_ steer how the step's Python starts."
            )
        if goes_to_every_step(name):
            raise RunRefusedError(f"Every step gets {name} as it is: leave it out.")


def variables_of(names: Iterable[str], environment: Mapping[str, str]) -> dict[str, bool]:
    """By name, whether the person's own `environment` has the variable.

    Raises RunRefusedError, as `check_names` does, and for a value that is no text: nobody could blank it in an output.
    """
    wanted = tuple(dict.fromkeys(map(as_here, names)))
    check_names(wanted, environment)
    for name in wanted:
        if not _is_text(environment.get(name, "")):
            raise RunRefusedError(f"{name} is no text in UTF-8, so no step gets it: set it to text, or leave it out.")
    return {name: name in environment for name in wanted}


def as_here(name: str) -> str:
    """The name as this system's environment has it: Windows takes small letters for capitals."""
    return name.upper() if sys.platform == "win32" else name


def _is_text(value: str) -> bool:
    """Whether a value has only characters; a byte that was none came as half of one (a lone surrogate)."""
    return value.isascii() or not any("\ud800" <= character <= "\udfff" for character in value)
