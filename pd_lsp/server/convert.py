"""Our words to LSP's words and back. Positions exist here and nowhere else."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path, PurePath
from typing import Any, cast
from urllib.parse import urlsplit

from lsprotocol import types as lsp
from pygls import uris

from pd_lsp.features.app_links import AppLink
from pd_lsp.features.code_actions import CodeAction
from pd_lsp.features.completion import Completion
from pd_lsp.features.diagnostics import Diagnostic
from pd_lsp.features.hover import Hover
from pd_lsp.features.inlay_hints import InlayHint
from pd_lsp.features.place import Place
from pd_lsp.features.runnables import Runnable
from pd_lsp.server.document import Document
from pd_lsp.text import ColumnUnit, LineIndex, Offset, TextEdit, TextRange

_MARKDOWN = re.compile(r"[\\`*_{}\[\]()#+!<>|~&$-]")
_KINDS = {
    "key": lsp.CompletionItemKind.Field,
    "member": lsp.CompletionItemKind.Method,
    "argument": lsp.CompletionItemKind.Variable,
    "template": lsp.CompletionItemKind.Snippet,
}
RUN_STEP, DEBUG_STEP, STOP_RUN = "pd.runStep", "pd.debugStep", "pd.stopRun"
INSERT_TEMPLATE = "pd.insertTemplate"
CHOOSE_TEMPLATE = "pdLsp.insertTemplate"
"""A command of the editor: it lets the person search among all apps, then calls INSERT_TEMPLATE."""
WRITE_STUB = "pd.writeStub"
_DEBUG = "Debug step"
_COMMANDS = {"write stubs": WRITE_STUB, "choose template": CHOOSE_TEMPLATE}


def command_argument(arguments: tuple[Any, ...]) -> Mapping[str, Any]:
    """The one object that a command takes (docs/commands.md), whatever an editor has sent in its place."""
    return arguments[0] if arguments and isinstance(arguments[0], Mapping) else {}


def path_of(uri: str) -> Path | None:
    """The file of this machine that a URI names; None for one that names none, such as `untitled:`.

    A drive or another machine is no place in a system with one tree of files: such a URI comes from elsewhere.
    """
    try:
        parts = urlsplit(uri)
        path = uris.to_fs_path(uri) if parts.scheme == "file" else None
    except ValueError:
        return None
    if not path or "\0" in path or (parts.netloc and os.name == "posix"):
        return None
    return Path(path) if Path(path).is_absolute() else None


def file_of(uri: Any) -> Path | None:
    """The file that an editor names by its URI, whatever links lead to it; None for whatever else it has sent."""
    path = path_of(uri) if isinstance(uri, str) else None
    try:
        return path.resolve() if path else None
    except (OSError, RuntimeError):  # links that lead round in a circle, before Python 3.13
        return None


def uri_of(path: PurePath) -> str:
    """The URI of a file."""
    return Path(path).as_uri()


def shown(sentence: str) -> str:
    """A sentence as an editor shows it: a name of a file or an account must not become a link in it (D26)."""
    return sentence.replace("](", "] (")


def change_of(
    document: Document, change: lsp.TextDocumentContentChangeEvent, unit: ColumnUnit
) -> str | TextEdit | None:
    """What a change of either kind is for `document`; None where it can't be applied (D24)."""
    if isinstance(change, lsp.TextDocumentContentChangeWholeDocument):
        return change.text
    start, end = (offset(document.lines, place, unit) for place in (change.range.start, change.range.end))
    return None if document.unknown or start > end else TextEdit(TextRange(start, end), change.text)


def column_unit(encoding: lsp.PositionEncodingKind | str | None) -> ColumnUnit:
    """What the columns of this session count."""
    value = encoding.value if isinstance(encoding, lsp.PositionEncodingKind) else encoding
    return cast("ColumnUnit", value) if value in ("utf-8", "utf-16", "utf-32") else "utf-16"


def offset(lines: LineIndex, position: lsp.Position, unit: ColumnUnit) -> Offset:
    """Where a position stands, clamped as the specification says."""
    return lines.offset(position.line, position.character, unit)


def text_range(lines: LineIndex, place: TextRange, unit: ColumnUnit) -> lsp.Range:
    """A range as LSP has it."""
    return lsp.Range(
        start=lsp.Position(*lines.position(place.start, unit)), end=lsp.Position(*lines.position(place.end, unit))
    )


def text_edit(lines: LineIndex, edit: TextEdit, unit: ColumnUnit) -> lsp.TextEdit:
    """An edit as LSP has it."""
    return lsp.TextEdit(range=text_range(lines, edit.range, unit), new_text=edit.new_text)


def completion_list(
    lines: LineIndex, completions: Iterable[Completion], unit: ColumnUnit, *, complete: bool
) -> lsp.CompletionList:
    """Plain items with an explicit edit, never snippets: a snippet would take `$auth` for a variable (D26)."""
    range_of = cache(partial(text_range, lines, unit=unit))
    items = [
        lsp.CompletionItem(
            label=completion.label,
            kind=_KINDS[completion.kind],
            detail=completion.detail,
            documentation=completion.says or None,
            sort_text=f"{position:05}",
            filter_text=completion.filter_text,
            insert_text_format=lsp.InsertTextFormat.PlainText,
            text_edit=lsp.TextEdit(range_of(completion.edit.range), completion.edit.new_text),
            additional_text_edits=[text_edit(lines, edit, unit) for edit in completion.further_edits] or None,
        )
        for position, completion in enumerate(completions)
    ]
    return lsp.CompletionList(is_incomplete=not complete, items=items)


def hover(lines: LineIndex, found: Hover, unit: ColumnUnit, *, markdown: bool) -> lsp.Hover:
    """A hover, in Markdown where the client shows that; names from elsewhere are escaped in it (D26)."""
    if markdown:
        value = "\n\n".join([f"**{_escaped(found.heading)}**", *map(_escaped, found.rows)])
        contents = lsp.MarkupContent(kind=lsp.MarkupKind.Markdown, value=value)
    else:
        value = "\n".join([found.heading, *found.rows])
        contents = lsp.MarkupContent(kind=lsp.MarkupKind.PlainText, value=value)
    return lsp.Hover(contents=contents, range=text_range(lines, found.range, unit))


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is: every character that could begin something is escaped."""
    return _MARKDOWN.sub(r"\\\g<0>", text).replace("\n", " ")


_SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "information": lsp.DiagnosticSeverity.Information,
    "hint": lsp.DiagnosticSeverity.Hint,
}


def diagnostic(lines: LineIndex, found: Diagnostic, unit: ColumnUnit) -> lsp.Diagnostic:
    """A diagnostic as LSP has it; its code is that of its rule."""
    return lsp.Diagnostic(
        range=text_range(lines, found.finding.range, unit),
        message=shown(found.finding.message),
        severity=_SEVERITIES[found.severity],
        code=found.code,
        source="pd-lsp",
    )


def raised(lines: LineIndex, line: int, said: str, unit: ColumnUnit) -> lsp.Diagnostic:
    """What a run raised, on the line that it came from, without the blanks around that."""
    place = lines.line_range(line)
    text = lines.text[place.start : place.end]
    start = Offset(place.start + len(text) - len(text.lstrip()))
    return lsp.Diagnostic(
        range=text_range(lines, TextRange(start, Offset(max(start, place.start + len(text.rstrip())))), unit),
        message=shown(said),
        severity=lsp.DiagnosticSeverity.Error,
        source="pd-lsp run",
    )


def code_actions(
    uri: str, lines: LineIndex, actions: Iterable[CodeAction], unit: ColumnUnit, position: lsp.Position
) -> list[lsp.CodeAction | lsp.Command]:
    """Code actions with their edits, or with the command that does more than edit this document at `position`."""
    place = {"line": position.line, "character": position.character}
    return [
        lsp.CodeAction(
            title=action.title,
            kind=lsp.CodeActionKind.QuickFix if action.mends else lsp.CodeActionKind.Refactor,
            diagnostics=[diagnostic(lines, action.mends, unit)] if action.mends else None,
            is_preferred=action.is_preferred or None,
            edit=_changes(uri, lines, action, unit),
            command=lsp.Command(
                title=action.title, command=_COMMANDS[action.command], arguments=[{"uri": uri, "position": place}]
            )
            if action.command
            else None,
        )
        for action in actions
    ]


def is_of_kind(action: lsp.CodeAction | lsp.Command, wanted: Sequence[str]) -> bool:
    """Whether an editor that asks for these kinds alone means this action: `refactor` means all below it as well."""
    kind = (isinstance(action, lsp.CodeAction) and action.kind) or ""
    return any((kind + ".").startswith(one + ".") or not one for one in wanted)


def _changes(uri: str, lines: LineIndex, action: CodeAction, unit: ColumnUnit) -> lsp.WorkspaceEdit | None:
    edits = action.edits
    if action.elsewhere:
        uri, lines, edits = uri_of(action.elsewhere.path), action.elsewhere.lines, action.elsewhere.edits
    return lsp.WorkspaceEdit(changes={uri: [text_edit(lines, edit, unit) for edit in edits]}) if edits else None


def code_lenses(
    argument: Mapping[str, Any], lines: LineIndex, runnables: Iterable[Runnable], unit: ColumnUnit, *, debugs: bool
) -> list[lsp.CodeLens]:
    """A lens above each handler; one that can run carries the command, and `debugs` adds one that debugs it."""
    lenses = []
    for runnable in runnables:
        commands = [(runnable.title, RUN_STEP if runnable.runs else "")]
        commands += [(_DEBUG, DEBUG_STEP)] if runnable.runs and debugs else []
        arguments = [argument] if runnable.runs else None
        where = text_range(lines, runnable.range, unit)
        lenses += [
            lsp.CodeLens(range=where, command=lsp.Command(*command, arguments=arguments)) for command in commands
        ]
    return lenses


def location(uri: str, place: Place, unit: ColumnUnit) -> lsp.Location:
    """Where the name of a place stands, in the file that `uri` names."""
    return lsp.Location(uri=uri, range=text_range(place.lines, place.name, unit))


def location_link(uri: str, place: Place, origin: lsp.Range, unit: ColumnUnit) -> lsp.LocationLink:
    """The same with all of what is there, and the key in the document that leads there."""
    return lsp.LocationLink(
        target_uri=uri,
        target_range=text_range(place.lines, place.range, unit),
        target_selection_range=text_range(place.lines, place.name, unit),
        origin_selection_range=origin,
    )


def document_links(lines: LineIndex, links: Iterable[AppLink], unit: ColumnUnit) -> list[lsp.DocumentLink]:
    """Links with what an editor shows of them."""
    return [
        lsp.DocumentLink(range=text_range(lines, link.range, unit), target=link.address, tooltip=shown(link.title))
        for link in links
    ]


def inlay_hints(lines: LineIndex, hints: Iterable[InlayHint], unit: ColumnUnit) -> list[lsp.InlayHint]:
    """Hints, each set off from the code before it."""
    return [
        lsp.InlayHint(
            position=lsp.Position(*lines.position(hint.offset, unit)), label=shown(hint.label), padding_left=True
        )
        for hint in hints
    ]
