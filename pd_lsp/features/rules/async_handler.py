"""An async handler.

Nothing in Pipedream's documentation says that a handler may be async (docs/platform.md, section 1.1), though some are,
and a run here waits for them. Off unless asked for.

Wrong:

    async def handler(pd: "pipedream"):
        return 1

Right:

    import asyncio

    async def ask(pd):
        return 1

    def handler(pd: "pipedream"):
        return asyncio.run(ask(pd))
"""

from collections.abc import Iterator

from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    found = handlers(snapshot.tree)
    if found and found[-1].is_async:
        yield Finding(
            found[-1].name, "Pipedream's documentation knows no async handler: call asyncio.run in a plain one."
        )


RULE = Rule("async-handler", "off", _find)
