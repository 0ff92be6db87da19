"""What the apps of one sandbox know: which tokens are good, and what steps have left behind."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from pd_lsp.sandbox.accounts import SandboxAccount


@dataclass(slots=True)
class World:
    """The state of all apps, in memory, for as long as the sandbox runs."""

    accounts: Sequence[SandboxAccount]
    kept: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    """What was posted, created or appended, by app and place."""
    numbers: "count[int]" = field(default_factory=lambda: count(1))

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
