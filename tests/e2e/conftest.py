"""A real server process, spoken to by a real client."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest_asyncio

from pd_lsp.cli.demo_client import EditorClient

Answer = str | None | Callable[[str], str | None]
"""What the person answers to a question, or what makes the answer of it."""
StartEditor = Callable[..., Awaitable[EditorClient]]


@pytest_asyncio.fixture
async def editor(tmp_path: Path, steps_python: Path) -> AsyncIterator[StartEditor]:
    """Starts an editor on a workspace; whatever it started is gone at the end."""
    started: list[EditorClient] = []

    async def start(
        folder: Path = tmp_path,
        *,
        sandbox: bool = False,
        python: bool = True,
        answer: Answer = "Run once",
        settings: Any = None,
        **capabilities: Any,
    ) -> EditorClient:
        client = EditorClient(answer=lambda asked, _titles: answer(asked) if callable(answer) else answer)
        client.settings = settings
        command = [sys.executable, "-m", "pd_lsp", "serve", "--stdio"]
        command += ["--python", str(steps_python)] if python else []
        await client.start([*command, "--sandbox"] if sandbox else command)
        started.append(client)
        await client.join(folder, **capabilities)
        return client

    yield start
    for client in started:
        await client.leave()
