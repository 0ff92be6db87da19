"""How long a run has gone on, said once a second."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager


@asynccontextmanager
async def counted(limit: float | None, say: Callable[[str], None]) -> AsyncIterator[None]:
    """Calls `say` each second of what goes on inside, with a text such as `12 s of 30 s`; `limit` is in seconds.

    None where there is no limit, as under a debugger.
    """
    counting = asyncio.create_task(_count(limit, say))
    try:
        yield
    finally:
        counting.cancel()


async def _count(limit: float | None, say: Callable[[str], None]) -> None:
    loop = asyncio.get_running_loop()
    began, second = loop.time(), 0
    while True:
        second += 1
        await asyncio.sleep(began + second - loop.time())
        say(f"{second} s" if limit is None else f"{second} s of {limit:g} s")
