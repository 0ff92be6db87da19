"""The latest runs of each step, redacted, in files of the person's own (D18, D27): one file for a run.

A run that is kept is never changed, so that two processes that keep one at once don't meet. The name of a file says
when the run was and whether later steps can use what it gave on.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, TypeAlias, get_args

from pd_lsp.model import Json
from pd_lsp.private_files import PrivateFileError, read_json, state_folder, write_json
from pd_lsp.workflows.events import SavedEvent

Part: TypeAlias = Literal["output", "values", "event"]
PARTS: tuple[Part, ...] = get_args(Part)
"""What can be too large to be kept: what a step printed, what it gave on and answered, what it found in `pd.steps`."""

RUNS_OF_STEP = 20
"""How many runs of a step are kept; beside them the last one that later steps can use, if all of them failed."""
LONGEST_OUTPUT = 100_000
"""Characters of each stream that are kept: the first and the last half of them."""
LARGEST_PART = 2_000_000
"""Bytes that values may have, and the event; larger ones are left out."""
_LARGEST = 8_000_000
"""Bytes of a file: two parts, two streams in which each character is an escape, an error, notices."""
_MOST_RUNS, _MOST_BYTES = 5_000, 300_000_000
"""Of all steps; the oldest go first."""
_FORM = 1
_LAST_SECOND = 253_402_300_800
"""In which the year 9999 ends."""
_RUN = re.compile(r"[0-9]{20,21}-(?:live|sandbox|other)-[0-9a-f]{8}\.json")
_OURS = re.compile(rf"{_RUN.pattern}|\.{_RUN.pattern}\..*")
"""The second is one that nobody finished writing."""
_NO_VALUES: dict[str, Json] = {"exports": {}, "returned": None, "response": None, "flow": {}}


@dataclass(frozen=True, slots=True)
class KeptRun:
    """One run. All that came of it and went into it is redacted."""

    step: Path
    """The step's file."""
    name: str
    """The step's name in its workflow, or that of its file."""
    at: float
    """When it ended, in seconds since 1970."""
    text: str
    """A digest of the text that ran."""
    result: Mapping[str, Json]
    """As `StepResult.to_json` has it."""
    event: SavedEvent = field(default_factory=SavedEvent, repr=False)
    """What the step found in `pd.steps`."""
    accounts: Mapping[str, str] = field(default_factory=dict)
    """By prop name: the app and the account's label."""
    environment: str = ""
    """Where the accounts are, as the question before a run has it."""
    sandbox: bool = False
    any_value: bool = False
    """Whether values that are no JSON were shown as text: later steps can't use them."""
    left_out: tuple[Part, ...] = ()
    """What was too large to be kept, or to be kept whole."""
    number: int = 0
    """Its place among those of its step that are kept, from 1 for the latest; 0 for one that is not kept yet."""

    @property
    def outputs(self) -> dict[str, Json]:
        """What later steps find below the step's name in `pd.steps`."""
        exports, returned = self.result.get("exports"), self.result.get("returned")
        return {
            **(exports if isinstance(exports, dict) else {}),
            **({} if returned is None else {"$return_value": returned}),
        }

    @property
    def is_usable(self) -> bool:
        """Whether later steps can be run with what it gave on."""
        return self.result.get("outcome") == "succeeded" and not self.any_value and "values" not in self.left_out


def digest_of(text: str) -> str:
    """What tells one text of a step from another."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def folder_of(step: Path) -> Path:
    """The folder for the runs of the step in the file `step`; it changes with each run that is kept."""
    return _folder() / digest_of(str(step))[:32]


def keep_run(run: KeptRun) -> None:
    """Keeps a run, without what is too large, and drops the oldest. Raises PrivateFileError."""
    run, folder = _within_limits(run), folder_of(run.step)
    try:
        name = f"{_moment(run, folder):020d}-{_kind(run)}-{secrets.token_hex(4)}.json"
        write_json(folder / name, _document(run))
        _drop_old(folder)
    except PrivateFileError:
        raise
    except OSError as error:
        raise PrivateFileError(f"{error.filename} can't be used ({error.strerror}): check its rights.") from None


def kept_runs(step: Path) -> tuple[KeptRun, ...]:
    """The runs of a step that are kept, the latest first; what is damaged or somebody else's is left out."""
    return tuple(run for place in _numbered(folder_of(step)) if (run := _read(*place)))


def latest_run(step: Path) -> KeptRun | None:
    """The latest run of a step, whatever came of it: the first of `kept_runs`."""
    return next((run for place in _numbered(folder_of(step)) if (run := _read(*place))), None)


def last_result(step: Path, *, sandbox: bool | None = None) -> KeptRun | None:
    """The last run of a step that later steps can use: of those in the sandbox, of the live ones, or of all."""
    wanted = [_USABLE[sandbox]] if sandbox is not None else list(_USABLE.values())
    places = (place for place in _numbered(folder_of(step)) if _kind_of(place[1]) in wanted)
    return next((run for place in places if (run := _read(*place)) and run.is_usable), None)


def latest_runs(most: int) -> tuple[KeptRun, ...]:
    """The latest runs of all steps, the latest first."""
    places = sorted((place for one in _folders() for place in _numbered(one)), key=lambda one: one[1].name)[::-1]
    return tuple(run for place in places[:most] if (run := _read(*place)))


def forget_runs() -> None:
    """Deletes all that is kept, and nothing else that lies there. Raises PrivateFileError."""
    try:
        for folder in _folders():
            for file in folder.iterdir():
                if _OURS.fullmatch(file.name):
                    file.unlink(missing_ok=True)
            with suppress(OSError):  # something else lies in it, or another process keeps a run just now
                folder.rmdir()
    except OSError as error:
        raise PrivateFileError(f"{_folder()} can't be emptied ({type(error).__name__}): empty it.") from None


_USABLE = {False: "live", True: "sandbox"}


def _moment(run: KeptRun, folder: Path) -> int:
    """Nanoseconds that put the run behind those that its step has: a clock can be put back."""
    latest = max((int(file.name.split("-")[0]) for file in _files(folder)), default=0)
    return max(int(run.at * 1_000_000_000), latest + 1)


def _kind(run: KeptRun) -> str:
    return _USABLE[run.sandbox] if run.is_usable else "other"


def _kind_of(file: Path) -> str:
    return file.name.split("-")[1]


def _folder() -> Path:
    return state_folder() / "runs"


def _folders() -> list[Path]:
    folder = _folder()
    return [one for one in folder.iterdir() if one.is_dir() and not one.is_symlink()] if folder.is_dir() else []


def _files(folder: Path) -> list[Path]:
    """The files of runs in a folder, the latest first."""
    files = (file for file in folder.glob("*.json") if _RUN.fullmatch(file.name))
    return sorted(files, key=lambda file: file.name, reverse=True)


def _numbered(folder: Path) -> Iterator[tuple[int, Path]]:
    return enumerate(_files(folder), start=1)


def _drop_old(folder: Path) -> None:
    """Drops what is too old of one step, and then what is too much of all; another process may do the same."""
    files = _files(folder)
    last = {_kind_of(file): file for file in reversed(files)}  # the latest of each kind
    needed = {last[kind] for kind in _USABLE.values() if kind in last}
    for file in files[RUNS_OF_STEP:]:
        if file not in needed:
            _drop(file)
    size = 0
    everything = sorted((file for one in _folders() for file in _files(one)), key=lambda file: file.name, reverse=True)
    for number, file in enumerate(everything):
        with suppress(OSError):
            size += file.stat().st_size
        if number >= _MOST_RUNS or size > _MOST_BYTES:
            _drop(file)


def _drop(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _within_limits(run: KeptRun) -> KeptRun:
    result, left_out = dict(run.result), list(run.left_out)
    for stream in ("stdout", "stderr"):
        printed = result.get(stream)
        if isinstance(printed, str) and len(printed) > LONGEST_OUTPUT:
            result[stream] = _ends(printed)
            left_out.append("output")
    if _is_too_large({name: result.get(name) for name in _NO_VALUES}):
        result |= _NO_VALUES
        left_out.append("values")
    event = run.event
    if _is_too_large(event.as_steps()):
        event = SavedEvent()
        left_out.append("event")
    return replace(run, result=result, event=event, left_out=tuple(dict.fromkeys(left_out)))


def _ends(text: str) -> str:
    half = LONGEST_OUTPUT // 2
    return f"{text[:half]}\n… {len(text) - 2 * half:,} characters were not kept …\n{text[-half:]}"


def _is_too_large(value: dict[str, Json]) -> bool:
    """Whether it is more than a part may have, or no JSON: a saved event can have a number that JSON has not."""
    try:
        return len(json.dumps(value, allow_nan=False)) > LARGEST_PART
    except (ValueError, RecursionError):
        return True


def _document(run: KeptRun) -> Json:
    return {
        "form": _FORM,
        "step": str(run.step),
        "name": run.name,
        "at": run.at,
        "text": run.text,
        "accounts": dict(run.accounts),
        "environment": run.environment,
        "sandbox": run.sandbox,
        "any_value": run.any_value,
        "left_out": [*run.left_out],
        "event": run.event.to_json(),
        "result": dict(run.result),
    }


def _read(number: int, file: Path) -> KeptRun | None:
    match read_json(file, limit=_LARGEST):
        case {
            "form": form,
            "step": str(step),
            "name": str(name),
            "at": int() | float() as at,
            "text": str(text),
            "accounts": dict(accounts),
            "environment": str(environment),
            "sandbox": bool(sandbox),
            "any_value": bool(any_value),
            "left_out": list(left_out),
            "event": {"event": event, "context": context, "steps": dict(steps)},
            "result": dict(result),
        } if form == _FORM and 0 <= at < _LAST_SECOND and file.parent == folder_of(Path(step)) and _is_result(result):
            return KeptRun(
                number=number,
                step=Path(step),
                name=name,
                at=float(at),
                text=text,
                result=result,
                event=SavedEvent(event, context, steps),
                accounts={prop: account for prop, account in accounts.items() if isinstance(account, str)},
                environment=environment,
                sandbox=sandbox,
                any_value=any_value,
                left_out=tuple(part for part in PARTS if part in left_out),
            )
    return None


def _is_result(document: Mapping[str, Json]) -> bool:
    """Whether it says how the run ended, and how long it took."""
    return isinstance(document.get("outcome"), str) and isinstance(document.get("duration"), int | float)
