"""An editor in a process of its own, which a test can kill: it runs one step, and says on standard output what happens.

`killable_editor STEP WAITS SERVER…`: it opens STEP, runs it, and answers every question with yes, but one that contains
WAITS never. It leaves when its standard input ends.
"""

import asyncio
import os
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


async def run(step: Path, waits: str, server: Sequence[str]) -> None:
    def answer(question: str, titles: Sequence[str]) -> str:
        say("asked", question.splitlines()[0])
        if waits and waits in question:
            threading.Event().wait()
        return titles[0]

    printed = 0

    def hear(_stream: str, text: str) -> None:
        nonlocal printed
        printed += len(text)
        say("printed", printed)

    client = EditorClient(answer=answer)
    client.on_output = hear
    await client.start(server)
    await client.join(step.parent)
    assert client._server
    say("server", client._server.pid)
    client.open(step.as_uri(), step.read_text())
    command = lsp.ExecuteCommandParams(command="pd.runStep", arguments=[{"uri": step.as_uri()}])
    with suppress(RuntimeError):  # the server is gone
        result = await client.workspace_execute_command_async(command)
        say("result", result and result["outcome"], *client.shown)
    await asyncio.to_thread(sys.stdin.read)
    await client.leave()


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
    os._exit(0)
