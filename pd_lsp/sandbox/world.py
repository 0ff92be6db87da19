"""What the apps of one sandbox know: which tokens are good, and what steps have left behind."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pd_lsp.sandbox.accounts import SandboxAccount

_MOST_KEPT = 1000


@dataclass(slots=True)
class World:
    """The state of all apps, in memory, for as long as the sandbox runs."""

    accounts: Iterable[SandboxAccount]
    """Those that are connected now, each time it is walked."""
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    _kept: dict[str, list[Any]] = field(default_factory=dict)

    def account(self, app: str, key: str, value: str) -> SandboxAccount | None:
        """The account of `app` whose credential `key` is `value`, if the app still accepts it."""
        return next((account for account in self._holding(app, key, value) if account.accepted), None)

    def issued(self, app: str, token: str) -> bool:
        """Whether `token` was an access token of `app` once, good or not."""
        return any(True for _ in self._holding(app, "oauth_access_token", token))

    def _holding(self, app: str, key: str, value: str) -> Iterable[SandboxAccount]:
        return (
            account
            for account in self.accounts
            if account.app.slug == app and value and account.credentials.get(key) == value
        )

    def keep(self, place: str, thing: Any) -> None:
        """Remembers what was posted, created or appended; of very much the last."""
        things = self._kept.setdefault(place, [])
        things.append(thing)
        del things[:-_MOST_KEPT]

    def kept(self, place: str) -> list[Any]:
        """What is remembered of `place`, oldest first."""
        return list(self._kept.get(place, ()))

    def places(self, app: str) -> list[str]:
        """The places of `app` where anything is remembered, without the app's name."""
        return [place.removeprefix(f"{app}/") for place in self._kept if place.startswith(f"{app}/")]
