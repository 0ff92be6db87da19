"""The question before a live run. The server asks it, so that every road to a run leads through it (D8)."""

import asyncio
import shlex
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException, JsonRpcMethodNotFound

from pd_lsp.configuration import agree_to_debugging, read_configuration
from pd_lsp.model import Account
from pd_lsp.runs.consent import DEBUGGING, consent_of, one_line, question
from pd_lsp.runs.packages import NewPackages, PackagesRefusedError
from pd_lsp.runs.plan import RunPlan, RunRefusedError
from pd_lsp.server import convert
from pd_lsp.trust.consent import is_remembered, remember
from pd_lsp.trust.suspicious import suspicious_lines

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

_ONCE, _ALWAYS, _CANCEL = "Run once", "Always for this file", "Cancel"
_INSTALL, _DEBUG = "Install", "Debug"
_HINT_AFTER = 5.0
"""Seconds after which the person hears of the other way, where the editor has not said that it shows questions."""


class NoQuestionsError(Exception):
    """The editor knows no `window/showMessageRequest`."""


async def ask_debugging(server: "PdLanguageServer", plan: RunPlan, cancelled: asyncio.Event) -> bool:
    """Whether the person wants to debug steps, whose values a debugger shows: asked once, and remembered.

    Raises RunRefusedError where the editor can't ask them, and PrivateFileError.
    """
    if read_configuration().debugs:
        return True
    asked, command = f"{DEBUGGING}\nDebug steps?", _allowing(server, plan.file, "--debug")
    try:
        agreed = await first_answer(server, asked, (_DEBUG, _CANCEL), cancelled, instead=command) == _DEBUG
    except NoQuestionsError:
        raise RunRefusedError(
            f"To allow debugging, type `{command}` in a terminal: this editor can't ask whether you want it. "
            + DEBUGGING
        ) from None
    if agreed:
        agree_to_debugging()
    return agreed


async def ask_consent(
    server: "PdLanguageServer", plan: RunPlan, cancelled: asyncio.Event, *, debugged: bool = False
) -> bool:
    """Whether the person agrees to this run; no, where `cancelled` is set before they answer.

    Raises RunRefusedError where the editor can't ask them.
    """
    consent = consent_of(plan, server.state.settings)
    strange = suspicious_lines(plan.text)
    if not strange and is_remembered(consent, plan.text):
        remember(consent, plan.text)
        return True
    asked, command = question(plan, server.state.settings, strange, debugged=debugged), _allowing(server, plan.file)
    try:
        answer = await first_answer(server, asked, (_ONCE, _ALWAYS, _CANCEL), cancelled, instead=command)
    except NoQuestionsError:
        raise RunRefusedError(
            f"Type `{command}` in a terminal, and run the step again after that: this editor can't ask before a run."
        ) from None
    if answer == _ALWAYS and not strange:
        remember(consent, plan.text)
    return answer in (_ONCE, _ALWAYS)


async def ask_account(
    server: "PdLanguageServer", prop: str, accounts: Sequence[Account], cancelled: asyncio.Event
) -> Account | None:
    """The account that the person chooses for a prop, or None. Raises NoQuestionsError."""
    titles = {f"{account.label} ({account.id})": account for account in accounts}
    asked = f"Which account of {accounts[0].app.name} is pd.inputs[{one_line(prop)!r}] in this run?"
    return titles.get(await first_answer(server, asked, (*titles, _CANCEL), cancelled) or "")


async def ask_packages(server: "PdLanguageServer", new: NewPackages, file: Path, cancelled: asyncio.Event) -> bool:
    """Whether the person wants these packages. Raises PackagesRefusedError where they can't be asked."""
    command = _allowing(server, file)
    try:
        return await first_answer(server, new.question, (_INSTALL, _CANCEL), cancelled, instead=command) == _INSTALL
    except NoQuestionsError:
        raise PackagesRefusedError(
            f"Type `{command}` in a terminal: the step needs packages, and this editor can't ask for them."
        ) from None


def _allowing(server: "PdLanguageServer", file: Path, *options: str) -> str:
    """The command that says yes in a terminal."""
    settings = replace(server.state.settings, python=server.state.python_of(file))
    words = ["pd-lsp", "allow", str(file), *options, *settings.as_arguments()]
    return subprocess.list2cmdline(words) if sys.platform == "win32" else shlex.join(words)


async def first_answer(
    server: "PdLanguageServer", asked: str, titles: Sequence[str], cancelled: asyncio.Event, *, instead: str = ""
) -> str | None:
    """The answer to a question, or None as soon as `cancelled` is set. Raises NoQuestionsError.

    Many editors show questions and never say so, and one or the other neither shows them nor answers. In those the
    person is told, while the question is open, which command in a terminal is `instead` of an answer.
    """
    answering = asyncio.ensure_future(_answer(server, asked, titles))
    waiting = asyncio.ensure_future(cancelled.wait())
    window = server.client_capabilities.window
    is_silent = bool(instead) and not (window and window.show_message)
    try:
        done, _ = await asyncio.wait(
            {answering, waiting}, return_when=asyncio.FIRST_COMPLETED, timeout=_HINT_AFTER if is_silent else None
        )
        if not done:
            server.say(
                f"If you see no question about this run, stop it, type `{instead}` in a terminal, and run the step "
                "again after that.",
                lsp.MessageType.Info,
            )
            await asyncio.wait({answering, waiting}, return_when=asyncio.FIRST_COMPLETED)
        return answering.result() if answering.done() and not cancelled.is_set() else None
    finally:
        answering.cancel()
        waiting.cancel()


async def _answer(server: "PdLanguageServer", asked: str, titles: Sequence[str]) -> str | None:
    if not server.speaks_pd:  # which nobody has taught that to cancel is the default (D8): many take the first for it
        titles = sorted(titles, key=lambda title: title != _CANCEL)
    actions = [lsp.MessageActionItem(title=title) for title in titles]
    try:
        chosen = await server.window_show_message_request_async(
            lsp.ShowMessageRequestParams(type=lsp.MessageType.Warning, message=convert.shown(asked), actions=actions)
        )
    except JsonRpcMethodNotFound:
        raise NoQuestionsError from None
    except JsonRpcException:
        return None
    return chosen.title if chosen else None
