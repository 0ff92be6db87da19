"""Which events are meant by a place, and how those of several sources become one list."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from pd_lsp.accounts.past_event import PastEvent
from pd_lsp.accounts.past_events import PastEvents, Pulled
from pd_lsp.accounts.provider import told_apart
from pd_lsp.model import Workflow
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.workflow_file import FILE_NAME

_MOST_SOURCES = 20
"""How many are asked at once, whatever a workflow.yaml of a stranger's names."""
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)


@dataclass(frozen=True, slots=True)
class Origins:
    """Sources whose last events are meant, and workflows whose failed ones."""

    sources: tuple[str, ...] = ()
    workflows: tuple[str, ...] = ()


def sources_of(workflow: Workflow) -> tuple[str, ...]:
    """The ids of what starts a workflow. Raises UnreadableFileError where its file names nothing."""
    if not workflow.triggers:
        raise UnreadableFileError(
            f"The {FILE_NAME} of {Path(workflow.folder).name} names no trigger: name a source, such as dc_abc123."
        )
    return workflow.triggers


def id_of(workflow: Workflow) -> str:
    """The id of a workflow. Raises UnreadableFileError where neither its state nor its folder's name has it."""
    if not workflow.id:
        raise UnreadableFileError(
            f"Nothing says which workflow {Path(workflow.folder).name} is: name its id, such as p_abc123."
        )
    return workflow.id


def origins_named(ids: Iterable[str]) -> Origins:
    """What is asked again for events that were listed as coming from there."""
    named = dict.fromkeys(ids)
    workflows = tuple(one for one in named if one.startswith("p_"))
    return Origins(tuple(one for one in named if one not in workflows), workflows)


async def pull(past: PastEvents, origins: Origins, most: int) -> Pulled:
    """The last `most` events, newest first. One source that fails costs only its own. Raises AccountsError."""
    answers = await asyncio.gather(
        *(past.of_source(source, most) for source in origins.sources[:_MOST_SOURCES]),
        *(past.failed(workflow, most) for workflow in origins.workflows),
        return_exceptions=True,
    )
    pulled, errors = told_apart(answers)
    if errors and not pulled:
        raise errors[0]
    events = sorted((event for one in pulled for event in one.events), key=_when, reverse=True)
    problems = [*(problem for one in pulled for problem in one.problems), *map(str, errors)]
    if len(origins.sources) > _MOST_SOURCES:
        problems.append(f"Only the first {_MOST_SOURCES} of {len(origins.sources)} sources were asked.")
    return Pulled(tuple(events[:most]), tuple(dict.fromkeys(problems)))


def _when(event: PastEvent) -> datetime:
    return event.at or _LONG_AGO
