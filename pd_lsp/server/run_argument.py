"""The one argument of `pd.runStep`, as docs/commands.md has it: whatever an editor sends, it is read or refused.

It comes with a command that the person gave. No file of a folder and no setting of a workspace has a part in it (D7).
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pd_lsp.runs.limits import MEGABYTE, LimitError, megabytes, seconds
from pd_lsp.runs.plan import RunChoices, RunRefusedError

T = TypeVar("T")

_LONGEST_NAME = 100


def choices_of(argument: Mapping[str, Any]) -> RunChoices:
    """What the person chose: accounts and limits. Raises RunRefusedError, with a sentence, for what can't be meant."""
    size = _read(argument, "sizeLimit", megabytes)
    return RunChoices(
        accounts=_read(argument, "accounts", _accounts) or {},
        time_limit=_read(argument, "timeLimit", seconds),
        memory_limit=_read(argument, "memoryLimit", megabytes),
        size_limit=size * MEGABYTE if size else None,
        any_value=_read(argument, "anyValue", _flag) or False,
    )


def event_of(argument: Mapping[str, Any]) -> str | None:
    """The path of the event that the person chose; None: the first saved one. Raises RunRefusedError."""
    return _read(argument, "event", _path)


def name_of(argument: Mapping[str, Any]) -> str | None:
    """The name that the editor gives the run; None: it gets one. Raises RunRefusedError."""
    return _read(argument, "run", _name)


def _read(argument: Mapping[str, Any], name: str, read: Callable[[Any], T]) -> T | None:
    """What `read` makes of one part; None where it is left out, or null."""
    value = argument.get(name)
    try:
        return None if value is None else read(value)
    except LimitError as error:
        raise RunRefusedError(f"Not run: {name} {error}. Mend the key or command that starts the run.") from None


def _accounts(value: Any) -> dict[str, str]:
    if not isinstance(value, Mapping) or not all(isinstance(id_, str) and id_ for id_ in value.values()):
        raise LimitError('takes an account\'s id for each prop, such as {"slack": "apn_abc123"}')
    return dict(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise LimitError("takes true or false")
    return value


def _path(value: Any) -> str:
    if not isinstance(value, str):
        raise LimitError("takes the path of a saved event")
    return value


def _name(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME:
        raise LimitError(f"takes a name of up to {_LONGEST_NAME} characters")
    return value
