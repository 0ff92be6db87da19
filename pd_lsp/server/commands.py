"""The commands of the server: plain JSON in, plain JSON out, so that every editor can call them."""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from pd_lsp.accounts.provider import AccountsError
from pd_lsp.configuration import choose_account
from pd_lsp.execution.debug_session import Debugger, debugger_for
from pd_lsp.execution.errors import RunError
from pd_lsp.execution.run import Notice, Output, StepEvent, StepResult
from pd_lsp.features.step_needs import reads_inputs
from pd_lsp.model import Account
from pd_lsp.private_files import PrivateFileError
from pd_lsp.runs.earlier_results import with_earlier_results
from pd_lsp.runs.elapsed import counted
from pd_lsp.runs.fetched import fetch
from pd_lsp.runs.packages import NewPackages, StepPython, step_python
from pd_lsp.runs.plan import RunChoices, RunPlan, RunRefusedError, SeveralAccountsError, plan_run, project_of
from pd_lsp.runs.run import run
from pd_lsp.runs.step_accounts import with_accounts_of_platform
from pd_lsp.runs.variables import variables_of
from pd_lsp.server import convert
from pd_lsp.server.asking import NoQuestionsError, ask_account, ask_consent, ask_debugging, ask_packages
from pd_lsp.server.guarded import costs_only_its_answer
from pd_lsp.server.kept_runs import last_runs, save_event_of_run, show_run
from pd_lsp.server.plain_runs import tell_result, waits
from pd_lsp.server.progress import RunProgress
from pd_lsp.server.run_argument import choices_of, event_of, name_of
from pd_lsp.server.step_pythons import SELECTED
from pd_lsp.server.stubs import write_stub
from pd_lsp.settings import Settings
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.workflows.events import SavedEvent, first_event, read_event
from pd_lsp.workflows.files import UnreadableFileError

if TYPE_CHECKING:
    from pd_lsp.credentials import Redactor
    from pd_lsp.server.app import PdLanguageServer

_MOST_RUNS = 2
"""Runs at once for one server (D11)."""
_MOST_SHOWN = 64_000_000
"""Characters of a run's output that an editor is sent: no panel of one holds more (D13)."""
_CANT_START = (RunRefusedError, RunError, AccountsError, UnreadableFileError, PrivateFileError)
_TRUST_IS_LOOKED_AT = 0.5
"""Seconds between two looks at whether the folder of a run is still trusted: a terminal can end that too (D6)."""


@dataclass(slots=True)
class _Run:
    uri: str
    path: Path
    request_id: Any
    progress: str
    debugged: bool
    cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    shown: int = 0
    """Characters of output that the editor was sent."""


class Runs:
    """The runs under way, and the ways to stop one."""

    def __init__(self, server: "PdLanguageServer") -> None:
        self._server = server
        self._runs: dict[str, _Run] = {}
        self._unawaited: set[asyncio.Future[Any]] = set()

    async def start(self, argument: Mapping[str, Any], *, debugged: bool = False) -> dict[str, Any] | None:
        """The same as `run_step`; where the editor does not wait for the result, the answer is None at once."""
        if waits(argument):
            return await self.run_step(argument, debugged=debugged)
        running = asyncio.ensure_future(costs_only_its_answer(None)(self.run_step)(argument, debugged=debugged))
        self._unawaited.add(running)
        running.add_done_callback(self._unawaited.discard)
        return None

    async def run_step(self, argument: Mapping[str, Any], *, debugged: bool = False) -> dict[str, Any] | None:
        """Runs the step in the document `argument["uri"]`; the result as JSON, or None where it did not start.

        With `debugged` it begins once the editor has started a debug adapter for it.
        """
        uri = argument.get("uri")
        snapshot = self._server.state.snapshot(uri) if isinstance(uri, str) else None
        path = convert.path_of(uri) if isinstance(uri, str) else None
        if snapshot is None or path is None or not isinstance(uri, str):
            self._server.say("Open the step as a file in the editor, then run it.")
            return None
        path = path.resolve()
        if any(running.path == path for running in self._runs.values()) or len(self._runs) >= _MOST_RUNS:
            self._server.say("A run of this step is still going, or two others are: stop it, or wait for its end.")
            return None
        try:
            name = self._name(argument)
        except RunRefusedError as error:
            self._server.say(str(error), lsp.MessageType.Error)
            return None
        request = self._server.protocol.msg_id if waits(argument) else None
        running = self._runs[name] = _Run(uri, path, request, name, debugged)
        try:
            return await self._run(snapshot, running, argument)
        except _CANT_START as error:
            self._refuse(running, str(error))
            return None
        finally:
            del self._runs[name]

    def _name(self, argument: Mapping[str, Any]) -> str:
        """What the run is called in all that is said of it. Raises RunRefusedError."""
        name = name_of(argument) or str(uuid.uuid4())
        if name in self._runs:
            raise RunRefusedError("Not run: another run has that name. Mend the key or command that starts the run.")
        return name

    async def _run(self, snapshot: Snapshot, running: _Run, argument: Mapping[str, Any]) -> dict[str, Any] | None:
        state, chosen = self._server.state, choices_of(argument)
        folder = self._trusted(running)
        if problem := state.workflow_problem(running.path):
            raise RunRefusedError(problem)
        if reads_inputs(snapshot):
            cache = state.accounts_of(running.path)
            if not cache.current.complete:
                await self._server.fresh_accounts(cache)
                snapshot = state.snapshot(running.uri) or snapshot
            snapshot = await with_accounts_of_platform(snapshot, cache.provider)
        saved = _event(snapshot, event_of(argument), folder)
        saved, notices = await with_earlier_results(snapshot, running.path, saved, state.settings)
        configured = state.accounts.configuration
        choices = replace(
            chosen,
            event=saved,
            preferred=configured.chosen_accounts.get(str(project_of(snapshot, running.path)), {}),
            production=configured.production_accounts,
            variables=variables_of(configured.variables_for(running.path), state.accounts.environment),
        )
        beside = state.imports_beside
        python = await self._python(snapshot, running, beside=beside)
        if python is None:
            return None
        settings = replace(state.settings, python=python.path, step_folder_on_path=beside)
        plan = await self._planned(snapshot, running, folder, choices, settings)
        if plan is None:
            return None
        plan = replace(plan, notices=(*plan.notices, *notices, *python.notices))
        state.note_edits(running.uri)
        if running.debugged and not await ask_debugging(self._server, plan, running.cancelled):
            return None
        if not await ask_consent(self._server, plan, running.cancelled, debugged=running.debugged):
            return None
        state.note_agreed(running.uri, plan.text)
        self._trusted(running)
        result = await self._run_plan(plan, running)
        if result is None:
            return None
        if state.note_outcome(running.uri, plan.text, result.error):
            self._server.publisher.refresh()
        tell_result(self._server, plan.name, running.path, result)
        return {"step": plan.name, **result.to_json()}

    async def _python(self, snapshot: Snapshot, running: _Run, *, beside: bool) -> StepPython | None:
        """The person's interpreter, else one with the packages that the step imports; None where they stop the run."""
        state = self._server.state
        chosen = state.python_of(running.path)
        if chosen:
            return StepPython(chosen, () if state.settings.python else (SELECTED,))

        async def agree(new: NewPackages) -> bool:
            return await ask_packages(self._server, new, running.path, running.cancelled)

        def say(sentence: str) -> None:
            self._show(running, Notice(sentence))

        preparing = asyncio.ensure_future(step_python(snapshot, running.path, agree, say, beside=beside))
        stopped = asyncio.ensure_future(running.cancelled.wait())
        try:
            await asyncio.wait({preparing, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return preparing.result() if preparing.done() else None
        finally:
            stopped.cancel()
            preparing.cancel()
            await asyncio.wait({preparing})  # until what it has started is gone

    async def _planned(
        self, snapshot: Snapshot, running: _Run, folder: Path, choices: RunChoices, settings: Settings
    ) -> RunPlan | None:
        """The plan; the person chooses where an app has several accounts. None where they do not."""
        while True:
            try:
                return plan_run(snapshot, running.path, folder, settings, choices)
            except SeveralAccountsError as several:
                prop = several.prop.name
                try:
                    chosen = await ask_account(self._server, prop, several.accounts, running.cancelled)
                except NoQuestionsError:
                    raise several from None
            if chosen is None:
                return None
            choices = replace(choices, accounts={**choices.accounts, prop: chosen.id})
            if not self._server.state.settings.sandbox:
                self._keep_choice(project_of(snapshot, running.path), chosen)

    def _keep_choice(self, project: Path, account: Account) -> None:
        """Keeps a choice for the project; this run goes on where that can't be done."""
        try:
            choose_account(project, account.app.slug, account.id)
        except PrivateFileError as error:
            self._server.say(str(error))

    def _trusted(self, running: _Run) -> Path:
        """The trusted folder of a run. Raises RunRefusedError where there is none, or none any more."""
        folder = self._server.state.trusted_folder(running.path)
        if folder is None:
            around = self._server.workspace_folder(running.path) or running.path.parent
            raise RunRefusedError(
                f"{around.name} is not trusted, so nothing in it runs: trust the folder in the editor, "
                f"or with `pd-lsp trust {around}`."
            )
        return folder

    async def _stop_when_untrusted(self) -> None:
        while True:
            await asyncio.sleep(_TRUST_IS_LOOKED_AT)
            self.stop_untrusted()

    async def _run_plan(self, plan: RunPlan, running: _Run) -> StepResult | None:
        server, loop = self._server, asyncio.get_running_loop()

        def on_kept() -> None:
            loop.call_soon_threadsafe(server.changes.note, "runs")

        def on_unkept(sentence: str) -> None:
            loop.call_soon_threadsafe(server.say_once, sentence)

        progress = await RunProgress.begin(server, running.progress, f"Running {plan.name}")
        watching_trust = asyncio.create_task(self._stop_when_untrusted())
        watched: list[Redactor] = []
        try:
            for notice in plan.notices:
                self._show(running, Notice(notice))
            fetched = await fetch(plan, server.state.accounts)
            watched.append(await server.gate.watch(fetched.secrets))
            debugger = await self._debugger(plan, running) if running.debugged else None
            if running.debugged and debugger is None:
                return None
            async with counted(None if debugger else plan.time_limit, progress.report):
                return await run(
                    plan,
                    fetched,
                    server.state.settings,
                    lambda event: self._show(running, event),
                    debugger=debugger,
                    cancelled=running.cancelled,
                    held_back=server.room,
                    on_kept=on_kept,
                    on_unkept=on_unkept,
                )
        finally:
            watching_trust.cancel()
            progress.end()
            for redactor in watched:
                server.gate.forget_soon(redactor)

    async def _debugger(self, plan: RunPlan, running: _Run) -> Debugger | None:
        """The debugger that the editor starts for this run; None where the person stops it before that."""

        def announce(session: str) -> None:
            about = {"run": running.progress, "uri": running.uri, "session": session}
            if self._server.speaks_pd:
                self._server.protocol.notify("pd/debugSession", about)
            else:
                self._server.say("The step waits for a debugger: start the one for pd-lsp in your editor.")

        return await debugger_for(plan.file, announce, running.cancelled)

    def _show(self, running: _Run, event: StepEvent) -> None:
        """Sends the editor what a run says, output as long as there is not too much of it."""
        if isinstance(event, Output):
            if running.shown >= _MOST_SHOWN:
                return
            running.shown += len(event.text)
            if running.shown >= _MOST_SHOWN:
                self._send(running, event)
                event = Notice(f"Only the first {_MOST_SHOWN // 1_000_000} MB of output are shown in the editor.")
        self._send(running, event)

    def _refuse(self, running: _Run, why: str) -> None:
        """Says why nothing ran; also where the run would have been seen, since a message of the editor goes away."""
        self._server.say(why, lsp.MessageType.Error)
        if self._server.speaks_pd:
            self._send(running, Notice(why))

    def _send(self, running: _Run, event: StepEvent) -> None:
        stream = "notice" if isinstance(event, Notice) else event.stream
        if self._server.speaks_pd:
            self._server.protocol.notify("pd/output", {"run": running.progress, "stream": stream, "text": event.text})
        else:
            kind = lsp.MessageType.Info if stream == "stdout" else lsp.MessageType.Warning
            self._server.window_log_message(lsp.LogMessageParams(type=kind, message=event.text.rstrip("\n")))

    def is_running(self, uri: str) -> bool:
        """Whether a run of a document is under way, or asked about."""
        path = convert.path_of(uri)
        return path is not None and any(running.path == path.resolve() for running in self._runs.values())

    def cancel_request(self, request_id: Any) -> None:
        """Stops the run that a request started."""
        self._cancel(running for running in self._runs.values() if running.request_id == request_id)

    def cancel_progress(self, token: Any) -> None:
        """Stops the run that a progress shows."""
        self._cancel(running for running in self._runs.values() if running.progress == token)

    def stop(self, uri: Any = None) -> None:
        """Stops the run of a document, or all runs."""
        path = convert.path_of(uri) if isinstance(uri, str) else None
        wanted = path.resolve() if path else None
        self._cancel(running for running in self._runs.values() if uri is None or running.path == wanted)

    def stop_untrusted(self) -> None:
        """Stops the runs of folders that are no longer trusted (D6)."""
        trusted = self._server.state.trusted_folder
        self._cancel(running for running in self._runs.values() if trusted(running.path) is None)

    @staticmethod
    def _cancel(runs: Any) -> None:
        for running in runs:
            running.cancelled.set()


def _event(snapshot: Snapshot, named: str | None, folder: Path) -> SavedEvent:
    """The event of a run: the one the person named, else the first that is saved beside the workflow.

    A path that is not absolute counts from the folder of the workflow; a URI names a file too.
    """
    around = Path(snapshot.workflow.folder) if snapshot.workflow else None
    if not named:
        return first_event(around, folder) if around else SavedEvent()
    path = convert.path_of(named) if named.startswith("file:") else (around or folder) / named
    if path is None:
        raise RunRefusedError("The event is no file of this machine: choose one that is saved beside the workflow.")
    return read_event(path, folder)


def register(server: "PdLanguageServer") -> None:
    """Adds every command to `server`."""

    @server.command(convert.RUN_STEP)
    @costs_only_its_answer(None)
    async def run_step(*arguments: Any) -> dict[str, Any] | None:
        return await server.runs.start(convert.command_argument(arguments))

    @server.command(convert.DEBUG_STEP)
    @costs_only_its_answer(None)
    async def debug_step(*arguments: Any) -> dict[str, Any] | None:
        return await server.runs.start(convert.command_argument(arguments), debugged=True)

    @server.command(convert.STOP_RUN)
    @costs_only_its_answer(None)
    def stop_run(*arguments: Any) -> None:
        server.runs.stop(convert.command_argument(arguments).get("uri"))

    @server.command("pd.lastRuns")
    @costs_only_its_answer(None)
    async def list_last_runs(*arguments: Any) -> list[dict[str, Any]]:
        return await last_runs(convert.command_argument(arguments))

    @server.command("pd.showRun")
    @costs_only_its_answer(None)
    async def show_one_run(*arguments: Any) -> dict[str, Any] | None:
        return await show_run(server, convert.command_argument(arguments))

    @server.command("pd.saveEvent")
    @costs_only_its_answer(None)
    async def save_event(*arguments: Any) -> dict[str, Any] | None:
        return await save_event_of_run(server, convert.command_argument(arguments))

    @server.command(convert.WRITE_STUB)
    @costs_only_its_answer(None)
    async def write_stub_for(*arguments: Any) -> dict[str, Any] | None:
        return await write_stub(server, convert.command_argument(arguments))
