"""A small editor without a screen: a real LSP client that talks to a real server process over stdio."""

import asyncio
import contextlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp
from pygls.io_ import run_async
from pygls.lsp.client import LanguageClient

from pd_lsp import __version__

_PATIENCE = 5.0
"""Seconds that a server gets to leave by itself."""


class ServerEndedError(Exception):
    """The server ended before it answered; the message holds what it wrote to standard error."""


class EditorClient(LanguageClient):
    """Speaks to one server. What the server shows is kept, and its questions are answered by `answer`."""

    def __init__(self, answer: Callable[[str, Sequence[str]], str | None] = lambda _question, _titles: None) -> None:
        super().__init__("pd-lsp demo", __version__)
        self.shown: list[str] = []
        self.logged: list[str] = []
        self.output: list[tuple[str, str]] = []
        self.debug_sessions: asyncio.Queue[str] = asyncio.Queue()
        """The steps that wait for a debugger, as the server told of them."""
        self.changed: list[str] = []
        """What the server said may be asked for again, each time."""
        self.shown_progress: list[lsp.ProgressParams] = []
        self.asked_to_pull = 0
        """How often the server asked to be asked for diagnostics again."""
        self.published: dict[str, list[lsp.PublishDiagnosticsParams]] = {}
        """By document: the diagnostics that the server sent by itself."""
        self.applied: list[lsp.WorkspaceEdit] = []
        """The changes that the server asked for; nothing is changed."""
        self.registered: list[lsp.Registration] = []
        """What the server asked to be told of."""
        self.settings: Any = None
        """What this editor has as `pdLsp.rules`."""
        self.on_output: Callable[[str, str], None] = lambda stream, text: self.output.append((stream, text))
        self._answer = answer
        self._listen()
        self._answer_what_is_asked()

    async def start(
        self, command: Sequence[str | Path], *, folder: Path | None = None, environment: dict[str, str] | None = None
    ) -> None:
        """Starts the server; its standard error is kept for the case that it ends early."""
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env=environment,
        )
        assert process.stdin and process.stdout and process.stderr  # noqa: S101, PT018 - all three are pipes
        self._server = process
        self._complaints = asyncio.create_task(process.stderr.read())
        self.protocol.set_writer(process.stdin)
        reading = run_async(stop_event=self._stop_event, reader=process.stdout, protocol=self.protocol)
        self._async_tasks.extend([asyncio.create_task(reading), asyncio.create_task(self._server_exit())])

    async def join(
        self, folder: Path, *, options: dict[str, Any] | None = None, **capabilities: Any
    ) -> lsp.InitializeResult:
        """Opens `folder` as a trusted workspace. Raises ServerEndedError where the server does not get that far."""
        parameters = lsp.InitializeParams(
            process_id=os.getpid(),
            capabilities=editor_capabilities(**capabilities),
            workspace_folders=[lsp.WorkspaceFolder(uri=folder.as_uri(), name=folder.name)],
            initialization_options={"trustedFolders": [folder.as_uri()], **(options or {})},
        )
        if capabilities.get("asks") is False:
            del self.protocol.fm.features[lsp.WINDOW_SHOW_MESSAGE_REQUEST]
        try:
            result = await self.initialize_async(parameters)
        except RuntimeError:
            raise ServerEndedError((await self._complaints).decode("utf-8", "replace").strip()) from None
        self.initialized(lsp.InitializedParams())
        return result

    def open(self, uri: str, text: str, version: int = 1) -> None:
        """Opens a document."""
        document = lsp.TextDocumentItem(uri=uri, language_id="python", version=version, text=text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(text_document=document))

    def change(self, uri: str, text: str, version: int) -> None:
        """Gives a document another text."""
        self.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                text_document=lsp.VersionedTextDocumentIdentifier(uri=uri, version=version),
                content_changes=[lsp.TextDocumentContentChangeWholeDocument(text=text)],
            )
        )

    def close(self, uri: str) -> None:
        """Closes a document."""
        self.text_document_did_close(lsp.DidCloseTextDocumentParams(text_document=lsp.TextDocumentIdentifier(uri=uri)))

    async def leave(self) -> int:
        """Says goodbye as the protocol has it; the server's exit code."""
        process = self._server
        assert process  # noqa: S101 - it was started
        if process.returncode is None:
            with contextlib.suppress(Exception):
                await asyncio.wait_for(self.shutdown_async(None), _PATIENCE)
            self.exit(None)
            try:
                await asyncio.wait_for(process.wait(), _PATIENCE)
            except asyncio.TimeoutError:
                process.kill()
        await self.stop()
        await self._complaints
        return await process.wait()

    def _listen(self) -> None:
        @self.feature(lsp.WINDOW_SHOW_MESSAGE)
        def on_message(params: lsp.ShowMessageParams) -> None:
            self.shown.append(params.message)

        @self.feature(lsp.WINDOW_LOG_MESSAGE)
        def on_log(params: lsp.LogMessageParams) -> None:
            self.logged.append(params.message)

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def on_published(params: lsp.PublishDiagnosticsParams) -> None:
            self.published.setdefault(params.uri, []).append(params)

        @self.feature(lsp.PROGRESS)
        def on_progress(params: lsp.ProgressParams) -> None:
            self.shown_progress.append(params)

        @self.feature("pd/debugSession")
        def on_debug_session(params: Any) -> None:
            self.debug_sessions.put_nowait(params.session)

        @self.feature("pd/changed")
        def on_changed(params: Any) -> None:
            self.changed.append(params.what)

        @self.feature("pd/output")
        def on_output(params: Any) -> None:
            self.on_output(params.stream, params.text)

    def _answer_what_is_asked(self) -> None:
        @self.feature(lsp.WINDOW_SHOW_MESSAGE_REQUEST)
        def on_question(params: lsp.ShowMessageRequestParams) -> lsp.MessageActionItem | None:
            title = self._answer(params.message, [action.title for action in params.actions or []])
            return lsp.MessageActionItem(title=title) if title else None

        @self.feature(lsp.WINDOW_WORK_DONE_PROGRESS_CREATE)
        def on_progress_created(_params: lsp.WorkDoneProgressCreateParams) -> None:
            return None

        @self.feature(lsp.WORKSPACE_DIAGNOSTIC_REFRESH)
        def on_refresh(_params: None) -> None:
            self.asked_to_pull += 1

        @self.feature(lsp.WORKSPACE_APPLY_EDIT)
        def on_edit(params: lsp.ApplyWorkspaceEditParams) -> lsp.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            return lsp.ApplyWorkspaceEditResult(applied=True)

        @self.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def on_registered(params: lsp.RegistrationParams) -> None:
            self.registered += params.registrations

        @self.feature(lsp.WORKSPACE_CONFIGURATION)
        def on_configuration(params: lsp.ConfigurationParams) -> list[Any]:
            return [self.settings for _ in params.items]


def editor_capabilities(
    *, asks: bool = True, speaks_pd: bool = True, progress: bool = True, pulls: bool = True, told_to: bool = True
) -> lsp.ClientCapabilities:
    """What an editor of today can do; one that `pulls` diagnostics may be `told_to` pull again."""
    diagnostics = lsp.DiagnosticWorkspaceClientCapabilities(refresh_support=True) if pulls and told_to else None
    pulled = lsp.DiagnosticClientCapabilities() if pulls else None
    return lsp.ClientCapabilities(
        general=lsp.GeneralClientCapabilities(position_encodings=[lsp.PositionEncodingKind.Utf16]),
        window=lsp.WindowClientCapabilities(
            work_done_progress=progress, show_message=lsp.ShowMessageRequestClientCapabilities() if asks else None
        ),
        workspace=lsp.WorkspaceClientCapabilities(
            diagnostics=diagnostics,
            configuration=True,
            did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
                dynamic_registration=True, relative_pattern_support=True
            ),
            did_change_configuration=lsp.DidChangeConfigurationClientCapabilities(dynamic_registration=True),
        ),
        text_document=lsp.TextDocumentClientCapabilities(diagnostic=pulled),
        experimental={"pd": True} if speaks_pd else None,
    )
