"""The tour of `pd-lsp demo`. Everything it shows was just answered by a real server; nothing is prepared."""

import asyncio
import difflib
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient, ServerEndedError
from pd_lsp.cli.errors import STEP_FAILED, SUCCEEDED, CommandError
from pd_lsp.cli.own_process import own_command, without_keys
from pd_lsp.text import LineIndex, Offset, TextEdit, TextRange, apply_edits

_CARET = "▏"
_MOST_LISTED = 6
_PATIENCE = 20.0
"""Seconds in which the server must answer."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is typing: in the step's file, `typed` (with the caret in it) stands in place of `finished`."""

    step: str
    finished: str
    typed: str


@dataclass(frozen=True, slots=True)
class Script:
    """What the tour shows of the example workspace."""

    places: tuple[Place, ...]
    insert_into: Place
    insert: str
    """How the title of the code action begins."""
    run: str
    """The step that is run."""


class Tour:
    """One showing of the demo."""

    def __init__(
        self, examples: Path, script: Script, arguments: Sequence[str], write: Callable[[str], None] = print
    ) -> None:
        self._examples = examples
        self._script = script
        self._arguments = arguments
        self._write = write
        self._client = EditorClient(answer=self._agree)
        self._client.on_output = self._show_output

    async def show(self) -> int:
        """Shows the three jobs; 0 where the step succeeded. Raises CommandError where there is nothing to show."""
        command, folder = own_command(*self._arguments)
        await self._client.start(command, folder=folder, environment=without_keys(os.environ))
        try:
            await asyncio.wait_for(self._client.join(self._examples), _PATIENCE)
            await self._know_accounts()
            await self._complete()
            await self._insert()
            code = await self._run()
        except ServerEndedError as error:
            raise CommandError(f"The server ended before it answered. It said:\n{error}") from None
        except (asyncio.TimeoutError, RuntimeError):
            raise CommandError("The server stopped answering: run `pd-lsp serve --sandbox` to see why.") from None
        finally:
            await self._client.leave()
        self._farewell()
        return code

    async def _know_accounts(self) -> None:
        answer = await self._command_of_server("pd.refreshAccounts")
        if answer is None:
            raise CommandError("The sandbox gave no accounts. " + " ".join(self._client.shown))
        self._write(f"A real `pd-lsp serve` over stdio, with the {answer['accounts']} accounts of its sandbox.")

    async def _complete(self) -> None:
        self._title("1. Complete", "the keys of the accounts that are connected")
        for place in self._script.places:
            uri, text, caret = self._half_typed(place)
            self._client.open(uri, text)
            lines = LineIndex(text)
            position = lsp.Position(*lines.position(caret))
            parameters = lsp.CompletionParams(text_document=lsp.TextDocumentIdentifier(uri=uri), position=position)
            found = await asyncio.wait_for(self._client.text_document_completion_async(parameters), _PATIENCE)
            if not isinstance(found, lsp.CompletionList) or not found.items:
                raise CommandError(f"Nothing was offered at {place.typed!r}: the server knows no accounts.")
            self._show_list(place, text, caret, found.items)
            self._client.text_document_did_close(
                lsp.DidCloseTextDocumentParams(text_document=lsp.TextDocumentIdentifier(uri=uri))
            )

    def _show_list(self, place: Place, text: str, caret: Offset, items: Sequence[lsp.CompletionItem]) -> None:
        lines = LineIndex(text)
        line = lines.line_range(lines.line_of(caret))
        self._write(f"\n  {place.step}/entry.py, line {lines.line_of(caret) + 1}")
        self._write(f"  {_bold(text[line.start : caret].lstrip() + _CARET + text[caret : line.end])}")
        width = max(len(item.label) for item in items[:_MOST_LISTED])
        for item in items[:_MOST_LISTED]:
            self._write(f"      {item.label:<{width}}  {_dim(item.detail or '')}")
        if len(items) > _MOST_LISTED:
            self._write(_dim(f"      … and {len(items) - _MOST_LISTED} more"))
        after = apply_edits(text, [_edit(lines, items[0].text_edit)])
        chosen = LineIndex(after).line_range(lines.line_of(caret))
        self._write(f"  ⏎ {after[chosen.start : chosen.end].lstrip()}")

    async def _insert(self) -> None:
        self._title("2. Insert", "a template of a connected app, into a handler")
        uri, text, caret = self._half_typed(self._script.insert_into)
        self._client.open(uri, text)
        lines = LineIndex(text)
        place = lsp.Position(*lines.position(caret))
        parameters = lsp.CodeActionParams(
            text_document=lsp.TextDocumentIdentifier(uri=uri),
            range=lsp.Range(place, place),
            context=lsp.CodeActionContext(diagnostics=[]),
        )
        actions = await asyncio.wait_for(self._client.text_document_code_action_async(parameters), _PATIENCE) or []
        titles = [action.title for action in actions]
        chosen = next((action for action in actions if action.title.startswith(self._script.insert)), None)
        if not isinstance(chosen, lsp.CodeAction) or chosen.edit is None or chosen.edit.changes is None:
            raise CommandError(f"No code action begins with {self._script.insert!r} among {titles}.")
        self._write(f"\n  {len(titles)} code actions. Chosen: {_bold(chosen.title)}\n")
        after = apply_edits(text, [_edit(lines, edit) for edit in chosen.edit.changes[uri]])
        name = f"{self._script.insert_into.step}/entry.py"
        for row in difflib.unified_diff(text.splitlines(), after.splitlines(), name, name, lineterm=""):
            self._write("  " + _coloured(row))

    async def _run(self) -> int:
        self._title("3. Run", "the handler, here, with live credentials")
        file = self._file(self._script.run)
        self._write(f"\n  {self._script.run}/entry.py")
        self._client.open(file.as_uri(), file.read_text("utf-8"))
        result = await self._command_of_server("pd.runStep", {"uri": file.as_uri(), "handler": "handler"})
        if result is None:
            raise CommandError("The step did not start. " + " ".join(self._client.shown))
        self._write(f"\n  The step {result['outcome']} after {result['duration']:.2f} s.")
        shown = {key: result[key] for key in ("exports", "returned", "response", "error") if result.get(key)}
        for row in json.dumps(shown, indent=2, ensure_ascii=False).splitlines():
            self._write("  " + row)
        return SUCCEEDED if result["outcome"] == "succeeded" else STEP_FAILED

    def _farewell(self) -> None:
        self._title("Now in your editor", "with the same accounts, on the same workspace")
        python = self._arguments[self._arguments.index("--python") + 1] if "--python" in self._arguments else "PYTHON"
        ours = Path(sys.executable)
        program = ours.with_name("pd-lsp")
        self._write(
            f"\n  VS Code   `make extension`, then install vscode-extension/pd-lsp.vsix and set, in your user settings,"
            f'\n            "pdLsp.sandbox": true, "pdLsp.server.python": "{ours}", "pdLsp.step.python": "{python}";'
            f"\n            open {self._examples} and trust it"
            f"\n  Neovim    copy what docs/editors/neovim.md says, with the command"
            f"\n            {program} serve --stdio --sandbox --python {python}"
            f"\n            and type once: {program} trust {self._examples}"
            f"\n  a shell   {program} run {self._file(self._script.run)} \\"
            f"\n              --sandbox --python {python}"
        )

    async def _command_of_server(self, command: str, *arguments: Any) -> Any:
        parameters = lsp.ExecuteCommandParams(command=command, arguments=list(arguments))
        return await asyncio.wait_for(self._client.workspace_execute_command_async(parameters), _PATIENCE)

    def _agree(self, question: str, titles: Sequence[str]) -> str | None:
        """Answers the server's question before the run, where the person can read both."""
        for row in question.splitlines():
            self._write("  ? " + row)
        self._write(f"  ! {' / '.join(titles)} → {_bold(titles[0])}")
        return titles[0]

    def _show_output(self, stream: str, text: str) -> None:
        for row in text.splitlines():
            self._write(f"  {_dim(stream)} {row}")

    def _file(self, step: str) -> Path:
        found = sorted(self._examples.glob(f"*/*/{step}/entry.py"))
        if not found:
            raise CommandError(f"{self._examples} has no step {step}: name the example workspace with --examples.")
        return found[0]

    def _half_typed(self, place: Place) -> tuple[str, str, Offset]:
        """The document in which the person is typing, its text, and where the caret stands."""
        file = self._file(place.step)
        text = file.read_text("utf-8")
        if place.finished not in text:
            raise CommandError(f"{file} does not hold {place.finished!r}: restore the example workspace.")
        text = text.replace(place.finished, place.typed, 1)
        caret = Offset(text.index(_CARET))
        return file.as_uri(), text.replace(_CARET, "", 1), caret

    def _title(self, title: str, what: str) -> None:
        self._write(f"\n{_bold(title)}  {_dim(what)}")


def _edit(lines: LineIndex, edit: Any) -> TextEdit:
    start, end = edit.range.start, edit.range.end
    place = TextRange(lines.offset(start.line, start.character), lines.offset(end.line, end.character))
    return TextEdit(place, edit.new_text)


def _style(code: str, text: str) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if sys.stdout.isatty() and text else text


def _bold(text: str) -> str:
    return _style("1", text)


def _dim(text: str) -> str:
    return _style("2", text)


def _coloured(row: str) -> str:
    return _style("32", row) if row.startswith("+") else _style("31", row) if row.startswith("-") else _dim(row)
