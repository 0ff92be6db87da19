"""Events that Pipedream keeps: the last of a source, the failed ones of a workflow (docs/platform.md, section 3)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pd_lsp.accounts.api_client import ApiClient, Patience
from pd_lsp.accounts.legacy_api import LegacyApi
from pd_lsp.accounts.names import readable
from pd_lsp.accounts.past_event import PastEvent, event_from
from pd_lsp.accounts.provider import (
    AccountsError,
    AnswerTooLargeError,
    BadQuestionError,
    GoneError,
    NobodySignedInError,
    RefusedError,
    SignedOutError,
)
from pd_lsp.accounts.sign_in import EventsKey, SignIn

MOST_EVENTS = 100
"""How many of them Pipedream keeps."""
_SOURCE_ID = re.compile(r"(?:dc|hi|ti|ei|sub)_[A-Za-z0-9]{1,100}")
_WORKFLOW_ID = re.compile(r"p_[A-Za-z0-9]{1,100}")
_WORKSPACE_ID = re.compile(r"o_[A-Za-z0-9]{1,100}")
_LONGEST_CURSOR = 1000
_DEEPEST = 300
"""Levels of an answer: the platform takes events of 256, and they have some around them."""
_INSTEAD = "take a key of somebody who sees these events."
_PATIENCE_FOR_NAMES = 5.0
"""Seconds."""
_PAGES_AT_MOST = 4 * MOST_EVENTS


@dataclass(frozen=True, slots=True)
class Pulled:
    """Events, newest first, and in sentences what may be missing."""

    events: tuple[PastEvent, ...] = ()
    problems: tuple[str, ...] = ()


class PastEvents:
    """Reads events with a user API key."""

    def __init__(self, key: EventsKey, workspace: str = "", patience: Patience | None = None) -> None:
        """`workspace` is the id of one, for a key that opens several. Raises RefusedError for what is no such id.

        Nobody is asked yet.
        """
        if workspace and not _WORKSPACE_ID.fullmatch(workspace):
            raise RefusedError("A workspace has an id such as o_abc123: its settings show it.")
        self._api = LegacyApi(key.key, ApiClient(key.url, patience, _DEEPEST), _INSTEAD)
        self._workspace = {"org_id": workspace} if workspace else {}

    async def of_source(self, source_id: str, most: int) -> Pulled:
        """The last events of a source, or of a workflow's trigger, at most `most`. Raises AccountsError."""
        if not _SOURCE_ID.fullmatch(source_id):
            raise RefusedError("A source has an id such as dc_abc123: the address of its page ends with it.")
        return await self._read(f"/v1/sources/{source_id}/event_summaries", source_id, most)

    async def failed(self, workflow_id: str, most: int) -> Pulled:
        """The last events that a workflow failed for, with its errors, at most `most`. Raises AccountsError."""
        if not _WORKFLOW_ID.fullmatch(workflow_id):
            raise RefusedError("A workflow has an id such as p_abc123: the address of its page ends with it.")
        pulled = await self._read(f"/v1/workflows/{workflow_id}/$errors/event_summaries", workflow_id, most)
        if not any(event.cell for event in pulled.events):
            return pulled
        names = await self._names_of_steps(workflow_id)
        return replace(pulled, events=tuple(replace(one, step=names.get(one.cell, "")) for one in pulled.events))

    async def close(self) -> None:
        """Closes the connections."""
        await self._api.client.close()

    async def _read(self, path: str, origin: str, most: int) -> Pulled:
        """Page by page, until there are `most` or no more.

        What an answer says of its pages is not trusted: one without anything new ends it. An answer that is too large
        is asked for in smaller pages, and at last without the one event that is too large.
        """
        patience = self._api.client.patience
        deadline = patience.clock() + patience.altogether
        reading = _Reading(origin, min(most, MOST_EVENTS))
        for _ in range(_PAGES_AT_MOST):
            question = self._ask(path, origin, reading.query())
            try:
                answer = await self._api.client.in_time(question, max(deadline - patience.clock(), 0))
            except AnswerTooLargeError:
                reading.ask_for_less()
                continue
            except AccountsError as error:
                if not reading.events:
                    raise
                reading.problems.append(f"The older events of {origin} are missing. {error.lasting}")
                break
            if not reading.take(answer):
                break
        return Pulled(tuple(reading.events.values()), tuple(reading.problems))

    async def _names_of_steps(self, workflow_id: str) -> dict[str, str]:
        """By the ids that errors have; empty where the service does not tell it soon: it is only more to read."""
        question = self._api.get(f"/v1/workflows/{workflow_id}", self._workspace, tries=1)
        try:
            answer = await self._api.client.in_time(question, _PATIENCE_FOR_NAMES)
        except AccountsError:
            return {}
        inner = answer.get("data")
        steps = (inner if isinstance(inner, Mapping) else answer).get("steps")
        found = [step for step in (steps if isinstance(steps, list) else []) if isinstance(step, Mapping)]
        return {step["id"]: readable(step.get("namespace")) for step in found if isinstance(step.get("id"), str)}

    async def _ask(self, path: str, origin: str, query: Mapping[str, str]) -> Mapping[str, Any]:
        workspace = "" if self._workspace else ", or name its workspace with `--workspace o_…`"
        kind = {"p": "workflow", "dc": "source"}.get(origin.partition("_")[0], "trigger")
        try:
            return await self._api.get(path, {**query, **self._workspace})
        except GoneError:
            if kind == "trigger":
                raise GoneError(
                    f"Pipedream shows no events of the {kind} {origin}: take failed ones, or catch one with "
                    "`pd-lsp listen`."
                ) from None
            raise GoneError(
                f"Pipedream has no {kind} {origin} that this key can read: check its id{workspace}."
            ) from None
        except BadQuestionError:
            raise BadQuestionError(
                f"Pipedream does not take the question for the {kind} {origin}: check its id{workspace}."
            ) from None


class _Reading:
    """How far a list has been read."""

    def __init__(self, origin: str, most: int) -> None:
        self.events: dict[str, PastEvent] = {}
        self.problems: list[str] = []
        self._origin = origin
        self._most = most
        self._size = most
        self._after: Any = ""
        self._expands = True

    def query(self) -> dict[str, str]:
        query = {"limit": str(min(self._size, self._most - len(self.events))), "after": self._after}
        return {name: value for name, value in {**query, "expand": "event" * self._expands}.items() if value}

    def ask_for_less(self) -> None:
        """Asks for a quarter next; of a single event for what there is without its contents."""
        if not self._expands:
            raise RefusedError("Pipedream's answer is too large without any event in it: report this.")
        self._expands = self._size > 1
        self._size = max(self._size // 4, 1)

    def take(self, answer: Mapping[str, Any]) -> bool:
        """Takes what a page has; whether another page is worth a question."""
        entries = answer.get("data")
        if not isinstance(entries, list):
            raise RefusedError("Pipedream's list of events has another shape than expected: update pd-lsp.")
        before = len(self.events)
        for entry in entries[: self._most - before]:
            self._take(entry)
        self._expands = True
        info = answer.get("page_info")
        page: Mapping[str, Any] = info if isinstance(info, Mapping) else {}
        self._after, total = page.get("end_cursor"), page.get("total_count")
        if not isinstance(self._after, str) or not 0 < len(self._after) <= _LONGEST_CURSOR:
            return False
        is_all = isinstance(total, int) and total <= len(self.events)
        return before < len(self.events) < self._most and not is_all

    def _take(self, entry: Any) -> None:
        event = event_from(entry, self._origin, whole=self._expands)
        if event is None:
            self._say_once(f"Events of {self._origin} without a proper id were left out.")
        else:
            self.events.setdefault(event.id, event)

    def _say_once(self, sentence: str) -> None:
        if sentence not in self.problems:
            self.problems.append(sentence)


def open_past_events(sign_in: SignIn, workspace: str = "", patience: Patience | None = None) -> PastEvents:
    """What reads the events of somebody who has signed in. Raises SignedOutError where that was not with such a key."""
    if sign_in.events is None:
        if sign_in.client:
            raise SignedOutError(
                "Events are read with a user API key, and this sign-in is an OAuth client's: type "
                "`pd-lsp login --api-key` too."
            )
        raise NobodySignedInError(
            "Nobody is signed in with a user API key, which events are read with: type `pd-lsp login --api-key` in a "
            "terminal, or try it without an account with --sandbox."
        )
    return PastEvents(sign_in.events, workspace, patience)
