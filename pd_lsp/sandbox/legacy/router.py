"""Which call of the older API is answered by what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from pd_lsp.sandbox.answers import NOT_FOUND, by_method, refused
from pd_lsp.sandbox.connect import apps
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.legacy import accounts, events, workflows
from pd_lsp.sandbox.legacy.people import WORKSPACE, me
from pd_lsp.sandbox.project import Project

_Call: TypeAlias = Callable[[], Answer]


@dataclass(slots=True)
class LegacyApi:
    """The API, and what has become of its accounts, of which nobody outside Pipedream knows (section 0)."""

    project: Project
    gone: bool = False
    """Whether `/v1/accounts` is no longer there."""
    silent: bool = False
    """Whether it answers without credentials, whoever asks for them."""

    def answer(self, request: Request, rest: list[str], *, by_user: bool) -> Answer:
        """The answer to a request for the path `rest`, below `/v1`, with a user's key or a client's token."""
        if request.query.get("org_id", WORKSPACE) != WORKSPACE:
            return NOT_FOUND
        call = self._things(request, rest, by_user=by_user) or _events(request, rest)
        return by_method(request, {"GET": call}) if call else NOT_FOUND

    def _things(self, request: Request, rest: list[str], *, by_user: bool) -> _Call | None:
        match rest:
            case ["users", "me"]:
                return me if by_user else partial(refused, "needs a user's API key", 403)
            case ["accounts"] if not self.gone:
                return partial(accounts.listed, request, self.project, silent=self.silent)
            case ["accounts", account_id] if not self.gone:
                return partial(accounts.one, request, self.project, account_id, silent=self.silent)
            case ["apps"]:
                return partial(apps.listed, request, self.project, ends=False)
            case ["apps", named]:
                return partial(apps.one, self.project, named)
            case ["workflows", workflow_id]:
                return partial(workflows.one, workflow_id)
        return None


def _events(request: Request, rest: list[str]) -> _Call | None:
    match rest:
        case ["workflows", workflow_id, "event_summaries"]:
            return partial(events.emitted, request, workflow_id)
        case ["workflows", workflow_id, "$errors", "event_summaries"]:
            return partial(events.errors, request, workflow_id)
        case ["sources", source_id, "event_summaries"]:
            return partial(events.of_source, request, source_id)
    return None
