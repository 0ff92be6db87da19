"""The names of environment variables: of the project's `.env`, allowed ones, read ones. Never a value."""

from collections.abc import Iterator, Mapping

from pd_lsp.features.completion import Choice, Completion, keys_for
from pd_lsp.features.hover import Hover
from pd_lsp.features.step_documents import is_step
from pd_lsp.syntax.environment import EnvironmentRead, environment_reads, environment_slot
from pd_lsp.syntax.key_site import KeySite
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset

_LONGEST = 200
_RESERVED = "PIPEDREAM_"
"""The platform's own names (docs/platform.md, section 1.9)."""
_IN_DOTENV, _ALLOWED = "in .env of this project", "of your own environment, allowed here by name"
_UNKNOWN = "It is not in the .env of this project, and pd-lsp env does not allow it here."


def complete_environment(snapshot: Snapshot, offset: Offset, site: KeySite) -> list[Completion]:
    """The names that can stand at `offset` in `os.environ["…"]`, its `.get`, or `os.getenv`; none outside a step."""
    slot = environment_slot(snapshot.tree, site)
    if slot is None or not is_step(snapshot):
        return []
    known = _known(snapshot, [read for read in environment_reads(snapshot.tree) if offset not in read.range])
    return keys_for(snapshot, slot, offset, (Choice(name, where) for name, where in known.items()))


def hover_environment(snapshot: Snapshot, offset: Offset) -> Hover | None:
    """Where the name of a variable at `offset` is known from; None where nobody can tell."""
    reads = environment_reads(snapshot.tree)
    read = next((read for read in reads if offset in read.range), None)
    if read is None or not is_step(snapshot):
        return None
    heading = f"{read.name}: an environment variable"
    if read.name.upper().startswith(_RESERVED):
        return Hover(read.range, heading, ("Its name is reserved for the platform: a run here does not have it.",))
    where = _known(snapshot, [other for other in reads if other is not read]).get(read.name)
    if where is None and snapshot.dotenv_names() is None:
        return None
    return Hover(read.range, heading, (f"Known: {where}." if where else _UNKNOWN,))


def _known(snapshot: Snapshot, reads: list[EnvironmentRead]) -> Mapping[str, str]:
    """The names to offer, each with where it is known from, the surest place first."""
    found: dict[str, str] = {}
    for name, where in _names(snapshot, reads):
        if _is_offered(name):
            found.setdefault(name, where)
    return found


def _names(snapshot: Snapshot, reads: list[EnvironmentRead]) -> Iterator[tuple[str, str]]:
    yield from ((name, _IN_DOTENV) for name in snapshot.dotenv_names() or ())
    yield from ((name, _ALLOWED) for name in snapshot.allowed_variables())
    yield from ((read.name, "read in this step") for read in reads)
    for step, tree in snapshot.other_steps().items():
        yield from ((read.name, f"read in the step {step}") for read in environment_reads(tree))


def _is_offered(name: str) -> bool:
    return 0 < len(name) <= _LONGEST and name.isprintable() and not name.upper().startswith(_RESERVED)
