"""A real server in the world of the canaries, and an editor that keeps every byte that it gets from it."""

import asyncio
import re
import threading
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from itertools import count
from typing import Any, TypeVar

from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.leaks.world import World

T = TypeVar("T")

_PATIENCE = 60.0


class Editor:
    """One editor for many tests: it lives in a thread, where its loop goes on between them."""

    def __init__(self, world: World, places: Iterable[str] = ()) -> None:
        """With `places`, in each of them is a mistake that quotes every secret (`broken.py`)."""
        self.world = world
        self.client = EditorClient(answer=lambda _asked, titles: titles[0])
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._versions = count(1)
        self._heard = {"bytes to the client": bytearray(), "standard error of the server": bytearray()}
        serve = ("serve", "--log-level", "debug", "--python", world.steps_python)
        self._command = world.broken(places, *serve) if places else world.program(*serve)
        self.do(self._start())

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        """What comes of something that the editor does."""
        return asyncio.run_coroutine_threadsafe(what, self._loop).result(_PATIENCE)

    def begin(self, what: Callable[[EditorClient], Awaitable[Any]]) -> Any:
        """Begins something that goes on meanwhile; its `result(seconds)` waits for it."""

        async def done() -> Any:
            return await what(self.client)

        return asyncio.run_coroutine_threadsafe(done(), self._loop)

    def open(self, text: str, name: str = "step.py") -> str:
        """Opens a step, or gives it another text; its address."""
        file = self.world.step(text, name)

        async def opened() -> None:
            self.client.open(file.as_uri(), text, next(self._versions))

        self.do(opened())
        return file.as_uri()

    def command(self, name: str, /, **argument: Any) -> Any:
        """What a command of the server answers."""
        asked = self.params(name, **argument)
        return self.begin(lambda client: client.workspace_execute_command_async(asked)).result(_PATIENCE)

    @staticmethod
    def params(name: str, /, **argument: Any) -> lsp.ExecuteCommandParams:
        """What calls a command of the server."""
        return lsp.ExecuteCommandParams(command=name, arguments=[argument])

    def ask_everything(self, uri: str, text: str) -> int:
        """Asks for every feature wherever in a text a name or a string ends; how many answers hold anything."""
        found = 0
        for line, content in enumerate(text.splitlines()):
            for end in re.finditer(r"(?<=[\w\"'\[(])(?!\w)", content):
                found += self._ask_at(uri, lsp.Position(line, len(content[: end.start()].encode("utf-16-le")) // 2))
        document = lsp.TextDocumentIdentifier(uri)
        whole = lsp.Range(lsp.Position(0, 0), lsp.Position(text.count("\n"), 0))
        actions = lsp.CodeActionParams(document, whole, lsp.CodeActionContext(diagnostics=[]))
        asked: tuple[Callable[[EditorClient], Awaitable[Any]], ...] = (
            lambda client: client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(document)),
            lambda client: client.text_document_code_action_async(actions),
            lambda client: client.text_document_code_lens_async(lsp.CodeLensParams(document)),
            lambda client: client.text_document_inlay_hint_async(lsp.InlayHintParams(document, whole)),
        )
        return found + sum(bool(self.begin(one).result(_PATIENCE)) for one in asked)

    def _ask_at(self, uri: str, position: lsp.Position) -> int:
        document = lsp.TextDocumentIdentifier(uri)
        references = lsp.ReferenceParams(lsp.ReferenceContext(True), document, position)
        asked: tuple[Callable[[EditorClient], Awaitable[Any]], ...] = (
            lambda client: client.text_document_completion_async(lsp.CompletionParams(document, position)),
            lambda client: client.text_document_hover_async(lsp.HoverParams(document, position)),
            lambda client: client.text_document_definition_async(lsp.DefinitionParams(document, position)),
            lambda client: client.text_document_references_async(references),
            lambda client: client.text_document_signature_help_async(lsp.SignatureHelpParams(document, position)),
        )
        return sum(bool(self.begin(one).result(_PATIENCE)) for one in asked)

    def runs(self, text: str, name: str = "step.py", **argument: Any) -> Any:
        """The result of a run of this text, as the protocol has it; None where it did not start."""
        return self.command("pd.runStep", uri=self.open(text, name), **argument)

    def check(self) -> None:
        """As that of the world, with all that the editor got, also put together where it came in pieces."""
        for name, heard in self._heard.items():
            self.world.sinks.append((name, bytes(heard)))
            heard.clear()
        for stream in {stream for stream, _ in self.client.output}:
            text = "".join(piece for name, piece in self.client.output if name == stream)
            self.world.sinks.append((f"what the editor shows of {stream}", text.encode()))
        self.world.sinks.append(("the editor's log", "".join(self.client.logged).encode()))
        self.client.output.clear()
        self.client.logged.clear()
        self.world.check()

    def leave(self) -> int:
        """Ends the server; its exit code."""
        code = self.do(self.client.leave())
        self.check()
        return self._ended(code)

    def kill(self) -> None:
        """Kills the server, as the system does for want of memory."""
        process = self.client._server
        assert process

        async def killed() -> int:
            process.kill()
            await self.client._complaints
            return await process.wait()

        self._ended(self.do(killed()))

    def _ended(self, code: int) -> int:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        return code

    async def _start(self) -> None:
        await self.client.start(self._command, folder=self.world.workspace, environment=self.world.environment)
        process = self.client._server
        assert process
        for stream, heard in zip((process.stdout, process.stderr), self._heard.values(), strict=True):
            assert stream
            _keep(stream, heard)
        await self.client.join(self.world.workspace)


def _keep(stream: asyncio.StreamReader, heard: bytearray) -> None:
    """Keeps what comes in by a stream, beside whoever reads it."""
    feed = stream.feed_data

    def kept(data: bytes) -> None:
        heard.extend(data)
        feed(data)

    stream.feed_data = kept  # type: ignore[method-assign]
