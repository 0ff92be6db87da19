"""The arguments of `pd.flow.delay(…)`, `pd.send.email(…)` and the other calls, and which of them is at the caret."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.completion import Choice, Completion, keys_for
from pd_lsp.features.member_completion import members_of, way_of
from pd_lsp.features.pd_members import PD_MEMBERS, RESPOND_KEYS, PdMember
from pd_lsp.features.typed_elsewhere import is_typed
from pd_lsp.syntax.call_site import CallSite, call_at
from pd_lsp.syntax.dictionary_site import dictionary_site_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset, TextEdit, TextRange

_SIGN = re.compile(r"[ \t]*=(?!=)")


@dataclass(frozen=True, slots=True)
class Signature:
    """How the member around a caret is called."""

    member: PdMember
    active: int | None
    """Which of its parameters the caret is at; None where it is at none of them."""


def signature(snapshot: Snapshot, offset: Offset) -> Signature | None:
    """The call around `offset`; None for calls of others, and where a stub tells it to a typed Python server."""
    call = call_at(snapshot.tree, offset)
    member = _member(snapshot, call, offset) if call else None
    if call is None or member is None or is_typed(snapshot):
        return None
    return Signature(member, _active(member, call))


def complete_arguments(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    """The names of arguments that can begin at `offset`, or the keys of the dictionary that `pd.respond` takes."""
    if keys := _respond_keys(snapshot, offset):
        return keys
    call = call_at(snapshot.tree, offset)
    if call is None or call.word is None:
        return []
    member = _member(snapshot, call, offset)
    if member is None or is_typed(snapshot):
        return []
    return list(_names(snapshot, member, call, call.word))


def _respond_keys(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    site = dictionary_site_at(snapshot.tree, offset)
    if site is None or way_of(snapshot, site.before, offset) != ("respond",) or is_typed(snapshot):
        return []
    choices = (Choice(key, detail) for key, detail in RESPOND_KEYS.items() if key not in site.keys)
    return keys_for(snapshot, site.slot, offset, choices)


def _member(snapshot: Snapshot, call: CallSite, offset: Offset) -> PdMember | None:
    """The member of `pd` or of a data store that is called."""
    match [token.kind for token in call.before[:2]]:
        case ["identifier", "."]:
            member = members_of(snapshot, call.before[2:], offset).get(call.before[0].text)
        case ["identifier", *_] if _is_assigned(snapshot.text, call.before[0].text):
            member = PD_MEMBERS.get(".".join(way_of(snapshot, call.before, offset) or ()))
        case _:
            return None
    return member if member and "(" in member.call else None


def _is_assigned(text: str, name: str) -> bool:
    """Whether anything looks like `name = …`: most functions are defined or imported, which letters alone tell."""
    return re.search(rf"{re.escape(name)}[ \t]*:?=(?!=)", text) is not None


def _active(member: PdMember, call: CallSite) -> int | None:
    names = [parameter.name for parameter in member.parameters]
    if call.keyword is not None:
        return names.index(call.keyword) if call.keyword in names else None
    return call.argument if call.argument < len(names) else None


def _names(snapshot: Snapshot, member: PdMember, call: CallSite, word: TextRange) -> Iterator[Completion]:
    has_sign = _SIGN.match(snapshot.text, word.end) is not None
    for parameter in member.parameters[call.positional :]:
        if parameter.has_name and parameter.name not in call.keywords - {snapshot.text[word.start : word.end]}:
            label = f"{parameter.name}="
            edit = TextEdit(word, parameter.name if has_sign else label)
            yield Completion(label, member.call, edit, kind="argument", says=parameter.says)
