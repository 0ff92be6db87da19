"""A small debugger without a screen: a real client of the Debug Adapter Protocol, and a real adapter over stdio."""

import asyncio
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_PATIENCE = 30.0
"""Seconds that any answer may take."""


class RefusedError(Exception):
    """The adapter says no; the text is its sentence."""


class DebugClient:
    """One session with an adapter, as an editor has it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        self.process = process
        self._in, self._out = process.stdin, process.stdout
        self._number = 0
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.events: list[dict[str, Any]] = []
        self._taken = 0
        self._news = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())

    @classmethod
    async def start(
        cls,
        environment: Mapping[str, str] | None = None,
        pd_lsp: Sequence[str | Path] = (sys.executable, "-m", "pd_lsp"),
    ) -> "DebugClient":
        """Starts `pd-lsp debug-adapter`, and says who is there."""
        client = cls(
            await asyncio.create_subprocess_exec(
                *(*pd_lsp, "debug-adapter"),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=environment,
            )
        )
        await client.ask("initialize", adapterID="pd-lsp", clientID="tests", pathFormat="path")
        return client

    async def debug(self, file: str | Path, *lines: int, exceptions: Sequence[str] = (), **arguments: Any) -> None:
        """Attaches to the step that waits, with breakpoints on these lines and `exceptions`, and lets it run."""
        attached = asyncio.ensure_future(self.ask("attach", **arguments))
        configured = asyncio.ensure_future(self.event("initialized"))
        await asyncio.wait({attached, configured}, return_when=asyncio.FIRST_COMPLETED)
        if attached.done():
            configured.cancel()
            attached.result()
        breakpoints = await self.ask(
            "setBreakpoints", source={"path": str(file)}, breakpoints=[{"line": line} for line in lines]
        )
        assert all(one["verified"] for one in breakpoints["breakpoints"])
        await self.ask("setExceptionBreakpoints", filters=list(exceptions))
        await self.ask("configurationDone")
        await attached

    async def stopped(self) -> dict[str, Any]:
        """The frame that the step stops in next; `thread` in it says which thread has."""
        thread = (await self.event("stopped"))["threadId"]
        frames = await self.ask("stackTrace", threadId=thread)
        return {**frames["stackFrames"][0], "thread": thread, "frames": frames["stackFrames"]}

    async def evaluate(self, frame: Mapping[str, Any], expression: str) -> str:
        """What an expression is in a frame."""
        answer = await self.ask("evaluate", expression=expression, frameId=frame["id"], context="watch")
        return str(answer["result"])

    async def go_on(self, frame: Mapping[str, Any], how: str = "continue") -> None:
        """Lets a step that has stopped go on: `continue`, `next`, `stepIn`, `stepOut`."""
        await self.ask(how, threadId=frame["thread"])

    async def ask(self, command: str, **arguments: Any) -> dict[str, Any]:
        """The body of the answer to a request. Raises RefusedError."""
        self._number += 1
        answer = self._answers[self._number] = asyncio.get_running_loop().create_future()
        message = {"seq": self._number, "type": "request", "command": command, "arguments": arguments}
        content = json.dumps(message).encode()
        self._in.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
        answered = await asyncio.wait_for(answer, _PATIENCE)
        if not answered["success"]:
            raise RefusedError(answered["message"])
        return answered.get("body") or {}

    async def event(self, name: str) -> dict[str, Any]:
        """The body of the next event of this name; those before it are passed over."""

        def comes() -> bool:
            return any(event["event"] == name for event in self.events[self._taken :])

        async with self._news:
            await asyncio.wait_for(self._news.wait_for(comes), _PATIENCE)
            while self.events[self._taken]["event"] != name:
                self._taken += 1
            self._taken += 1
        return self.events[self._taken - 1].get("body") or {}

    async def leave(self) -> int:
        """Ends the session as an editor does, and waits for the adapter; its exit code."""
        if self.process.returncode is None:
            await self.ask("disconnect", terminateDebuggee=False)
        return await self.end()

    async def end(self) -> int:
        """Closes the adapter's input, and waits for its end."""
        self._in.close()
        code = await asyncio.wait_for(self.process.wait(), _PATIENCE)
        await self._reading
        return code

    async def _read(self) -> None:
        while header := await self._out.readline():
            size = int(header.partition(b":")[2])
            await self._out.readline()
            message = json.loads(await self._out.readexactly(size))
            if message["type"] == "response":
                self._answers.pop(message["request_seq"]).set_result(message)
            elif message["type"] == "event":
                async with self._news:
                    self.events.append(message)
                    self._news.notify_all()
        for answer in self._answers.values():
            answer.set_result({"success": False, "message": "The adapter has ended."})
