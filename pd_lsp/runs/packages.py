"""The Python that a step runs in, with the packages that it imports: agreed to once, pinned, and kept (D10)."""

import hashlib
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pd_lsp.execution import uv
from pd_lsp.execution.environments import environment, python_of
from pd_lsp.private_files import read_json, state_folder, update_json
from pd_lsp.runs.plan import project_of
from pd_lsp.runs.requirements import Requirements, modules_in, requirements
from pd_lsp.syntax.snapshot import Snapshot

if TYPE_CHECKING:
    from pd_lsp.model import Json

_PLATFORM = "3.12"
"""The Python of the platform (docs/platform.md, section 1.1)."""
_MOST_NAMED = 40


@dataclass(frozen=True, slots=True)
class NewPackages:
    """What has to be installed before a step can run, for the person to agree to."""

    requirements: Requirements
    resolution: uv.Resolution
    agreed: frozenset[str] = frozenset()
    """Pins, their digests included, that steps of the workflow were agreed to with before."""

    @property
    def is_agreed(self) -> bool:
        """Whether all of it was agreed to before for the workflow, down to the files."""
        return self.agreed.issuperset(self.resolution.pins)

    @property
    def question(self) -> str:
        """The packages with their versions, where they come from, and which of them are on no list."""
        names = [_name_and_version(pin) for pin in self.resolution.pins if pin not in self.agreed]
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        lines = [
            "The step imports packages that are not here yet. Install them?",
            f"{', '.join(names[:_MOST_NAMED])}{more}, from {self.resolution.index}.",
            "Only wheels are taken, into an environment that belongs to pd-lsp.",
        ]
        if self.requirements.unlisted:
            lines.append(
                f"On no list of known packages: {', '.join(self.requirements.unlisted)}. Anybody could have published "
                "under a name that was mistyped: look twice."
            )
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class StepPython:
    """The interpreter for a step, and what the person should know of it."""

    path: Path
    notices: tuple[str, ...] = ()


class PackagesRefusedError(uv.PackagesError):
    """The person did not agree, or could not be asked."""


async def step_python(
    snapshot: Snapshot,
    file: Path,
    agree: Callable[[NewPackages], Awaitable[bool]],
    say: Callable[[str], None],
    *,
    beside: bool = False,
) -> StepPython:
    """The interpreter with all that the step imports; `agree` is asked before anything new is installed.

    With `beside`, a module that lies beside the step is no package. Raises PackagesError, PackagesRefusedError or
    PrivateFileError, with a sentence.
    """
    needed = requirements(snapshot, modules_in(file.parent) if beside else frozenset())
    lock, key = _lock_file(snapshot, file), " ".join(needed.packages)
    document = read_json(lock)
    locked = _locked(document, key)
    if locked is None:
        base, version = await _base(project_of(snapshot, file))
        pins = await _agreed(needed, _pins(document), base, agree) if needed.packages else ()
        locked = _Locked(base, version, pins)
    if locked.pins and python_of(locked.pins, locked.base) is None:
        say(f"Installing {', '.join(map(_name_and_version, locked.pins[:_MOST_NAMED]))}…")
    found = await environment(locked.pins, locked.base) if locked.pins else locked.base
    _keep(lock, key, locked)
    return StepPython(found, (*_of_version(locked.version), *needed.problems))


@dataclass(frozen=True, slots=True)
class KnownPython:
    """The interpreter that a step would get without a choice of the person's."""

    path: Path
    version: str
    why: Literal["packages", "machine", "own"]
    """An environment with its packages, a Python of the machine as the platform has it, or pd-lsp's own."""
    missing: tuple[str, ...] = ()
    """Packages that are not there yet: a run asks about them, and makes an environment of `path`."""


async def known_python(snapshot: Snapshot, file: Path, *, beside: bool = False) -> KnownPython:
    """What `step_python` would take now: nobody is asked, and no package is looked for or installed."""
    needed = requirements(snapshot, modules_in(file.parent) if beside else frozenset())
    locked = _locked(read_json(_lock_file(snapshot, file)), " ".join(needed.packages))
    base, version = (locked.base, locked.version) if locked else await _base(project_of(snapshot, file))
    made = python_of(locked.pins, locked.base) if locked and locked.pins else None
    if made:
        return KnownPython(made, version, "packages")
    return KnownPython(base, version, "own" if base == _own_python() else "machine", tuple(needed.packages))


@dataclass(frozen=True, slots=True)
class _Locked:
    """What was agreed to for one set of requirements."""

    base: Path
    """The interpreter that environments are made of."""
    version: str
    """Of that interpreter, such as `3.12`."""
    pins: tuple[str, ...]


async def _agreed(
    needed: Requirements, known: Sequence[str], base: Path, agree: Callable[[NewPackages], Awaitable[bool]]
) -> tuple[str, ...]:
    """The pins that the person wants; asked for nothing where they agreed to all of them before."""
    resolution = await _resolved(needed.packages, known, base)
    new = NewPackages(needed, resolution, frozenset(known))
    if not new.is_agreed and not await agree(new):
        raise PackagesRefusedError(
            "Not run: its packages were not installed. Run it again and agree, or choose a Python that has them."
        )
    return resolution.pins


async def _resolved(packages: Sequence[str], known: Sequence[str], base: Path) -> uv.Resolution:
    """Versions that fit: of packages that the workflow has already the same ones, if that can be."""
    try:
        return await uv.resolve(packages, _constraints(packages, known), base)
    except uv.UnsolvedError:
        if not known:
            raise
    return await uv.resolve(packages, (), base)


async def _base(project: Path) -> tuple[Path, str]:
    """A Python as the platform has it, which does not lie in the project, else our own; and its version."""
    found = await uv.find_python(_PLATFORM, project)
    return (found, _PLATFORM) if found else (_own_python(), _own_version())


def _own_python() -> Path:
    return Path(getattr(sys, "_base_executable", None) or sys.executable)


def _own_version() -> str:
    return ".".join(map(str, sys.version_info[:2]))


def _of_version(version: str) -> tuple[str, ...]:
    note = f"The platform runs Python {_PLATFORM}, this run {version}, as this machine has no {_PLATFORM} for it."
    return () if version == _PLATFORM else (note,)


def _lock_file(snapshot: Snapshot, file: Path) -> Path:
    """The lock of the workflow, whose steps share one version of a package, or of a lone step."""
    place = str(snapshot.workflow.folder) if snapshot.workflow else str(file)
    return state_folder() / "packages" / f"{hashlib.sha256(place.encode()).hexdigest()[:16]}.json"


def _locked(document: object, key: str) -> _Locked | None:
    """What the lock has for these requirements; None where that is nothing, damaged, or for a Python that is gone."""
    match document.get(key) if isinstance(document, Mapping) else None:
        case {"python": str(python), "target": str(target), "version": str(version), "pins": list(pins)}:
            base = Path(python)
            is_there = base.exists() and str(base.resolve()) == target
            is_as_it_was = base != _own_python() or version == _own_version()
            return _Locked(base, version, tuple(pins)) if is_there and is_as_it_was and _are_texts(pins) else None
    return None


def _keep(lock: Path, key: str, locked: _Locked) -> None:
    """Remembers what was agreed to, once. Raises PrivateFileError."""
    if _locked(read_json(lock), key) != locked:
        entry: Json = {
            "python": str(locked.base),
            "target": str(locked.base.resolve()),
            "version": locked.version,
            "pins": [*locked.pins],
        }
        update_json(lock, lambda known: {**_without(known, key), key: entry})  # the latest comes last


def _without(known: "Json", key: str) -> "dict[str, Json]":
    return {name: entry for name, entry in known.items() if name != key} if isinstance(known, dict) else {}


def _pins(document: object) -> tuple[str, ...]:
    """All that was agreed to for steps of the workflow, the latest last, whichever Python it was for."""
    entries = document.values() if isinstance(document, Mapping) else ()
    lists = (entry.get("pins") for entry in entries if isinstance(entry, Mapping))
    return tuple(pin for pins in lists if isinstance(pins, list) and _are_texts(pins) for pin in pins)


def _constraints(packages: Sequence[str], known: Sequence[str]) -> list[str]:
    """The latest versions that were agreed to, but of packages whose version the step itself names."""
    latest = {pin.partition("==")[0]: pin.split(" ")[0] for pin in known}
    named = {package.partition("==")[0].partition("[")[0] for package in packages if "==" in package}
    return sorted(version for name, version in latest.items() if name not in named)


def _are_texts(pins: list[object]) -> bool:
    return all(isinstance(pin, str) for pin in pins)


def _name_and_version(pin: str) -> str:
    return pin.split(" ", maxsplit=1)[0].replace("==", " ")
