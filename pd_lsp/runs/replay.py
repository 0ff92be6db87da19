"""Runs a step over many events, and says which came out otherwise than before."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.execution.run import StepResult
from pd_lsp.model import Json
from pd_lsp.workflows.events import SavedEvent


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of the step with one event."""

    name: str
    """The event's file, without its ending."""
    result: StepResult

    @property
    def outcome(self) -> dict[str, Json]:
        """What a later run is compared with: how it ended and what it gave on, redacted; no times, no output."""
        result = self.result
        return {
            "outcome": result.outcome,
            "exports": result.exports,
            "returned": result.returned,
            "response": result.response,
            "flow": result.flow,
            "error": result.error.type if result.error else None,
        }


async def replay(
    events: Sequence[tuple[str, SavedEvent]],
    run_one: Callable[[SavedEvent], Awaitable[StepResult]],
    jobs: int,
    interrupted: asyncio.Event,
) -> AsyncIterator[Replayed]:
    """Runs each event by `run_one`, so many at once; the results as they come. None starts once it is interrupted."""
    turns = asyncio.Semaphore(jobs)

    async def one(name: str, event: SavedEvent) -> Replayed | None:
        async with turns:
            return None if interrupted.is_set() else Replayed(name, await run_one(event))

    running = [asyncio.ensure_future(one(*event)) for event in events]
    try:
        for done in asyncio.as_completed(running):
            replayed = await done
            if replayed:
                yield replayed
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def differences(before: Mapping[str, Json], now: Mapping[str, Json]) -> tuple[str, ...]:
    """The names of what is not as before; a key that one of the two lacks counts as nothing there."""
    return tuple(name for name in now if before.get(name) != now[name])


def event_files(folder: Path) -> tuple[Path, ...]:
    """The events of a folder, by name."""
    return tuple(sorted(file for file in folder.glob("*.json") if file.is_file()))
