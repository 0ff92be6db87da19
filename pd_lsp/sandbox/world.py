"""What the apps of one sandbox know: which tokens are good, and what steps have left behind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pd_lsp.sandbox.accounts import SandboxAccount

_MOST_KEPT = 1000


@dataclass(slots=True)
class World:
    """The state of all apps, in memory, for as long as the sandbox runs."""

    accounts: Sequence[SandboxAccount]
    numbers: "count[int]" = field(default_factory=lambda: count(1))
    _kept: dict[str, list[Any]] = field(default_factory=dict)

    def account(self, app: str, key: str, value: str) -> SandboxAccount | None:
        """The living account of `app` whose credential `key` is `value`."""
        return next(
            (
                account
                for account in self.accounts
                if account.app.slug == app and not account.dead and value and account.credentials.get(key) == value
            ),
            None,
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
