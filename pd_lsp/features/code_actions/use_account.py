"""Reading a connected account in the place of an environment variable that stands for one, such as `SLACK_TOKEN`."""

import re
from collections.abc import Iterator

from pd_lsp.features.code_actions.action import CodeAction
from pd_lsp.features.rules.statements import function_around, running_handler
from pd_lsp.model import AppProp
from pd_lsp.syntax.environment import EnvironmentRead, environment_reads
from pd_lsp.syntax.handler import handlers
from pd_lsp.syntax.literal import string_content
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.tree import Node
from pd_lsp.text import TextEdit, TextRange

_WORDS = re.compile(r"[A-Za-z]+|\d+")
_ABOUT_APPS = frozenset({"v", "2", "3", "4", "oauth", "app", "api", "bot", "rest", "data", "platform", "key"})
"""Words of a slug that people leave out when they name a variable: `SLACK_TOKEN` for `slack_v2`."""
_NOT_THERE = {"interpolation", "delete_statement", "pattern_list", "tuple_pattern", "list_pattern", "as_pattern_target"}
"""What a read can't be replaced within: an f-string, whose quotes it may not have, and what is set or deleted."""
_ANY = {"token", "key", "apikey", "secret", "api", "access", "oauth", "bot", "auth", "bearer", "personal"}
"""Words of a name that say no more than that it is a credential."""


def use_account(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """An action for each account that the variable under the caret can stand for, in the handler's own code."""
    handler = running_handler(snapshot.tree)
    pd = handlers(snapshot.tree)[-1].parameter if handler else None
    if not handler or not pd:
        return []
    found = []
    for read in environment_reads(snapshot.tree):
        expression = _expression(snapshot, read)
        if expression is None or not _touch(expression.range, selected) or function_around(expression) != handler:
            continue
        for prop, key in _meant(snapshot, read.name):
            text = f'{pd}.inputs["{string_content(prop.name, chr(34))}"]["$auth"]["{string_content(key, chr(34))}"]'
            title = f"Use the connected account {prop.name!r} in place of {read.name}"
            found.append(CodeAction(title, (TextEdit(expression.range, text),)))
    return found


def _expression(snapshot: Snapshot, read: EnvironmentRead) -> Node | None:
    """The whole of `os.environ["NAME"]` or `os.getenv("NAME")`, where it is read and stands in no f-string."""
    nodes = [step.node for step in reversed(snapshot.tree.way_to(read.range.start))]
    if any(node.kind in _NOT_THERE for node in nodes):
        return None
    around = next((node for node in nodes if node.range.end > read.range.end), None)
    whole = around.parent if around and around.kind == "argument_list" else around
    if whole is None or whole.kind not in ("subscript", "call") or whole.parent is None:
        return None
    return None if whole.parent.field("left") == whole else whole


def _meant(snapshot: Snapshot, variable: str) -> Iterator[tuple[AppProp, str]]:
    """The props whose app the name of a variable begins with, each with the key that the rest of it means."""
    words = [word.lower() for word in _WORDS.findall(variable)]
    for prop in _props(snapshot):
        own = [word for word in _WORDS.findall(prop.app) if word not in _ABOUT_APPS] or _WORDS.findall(prop.app)
        if words[: len(own)] == own and (key := _key(snapshot, prop, words[len(own) :])):
            yield prop, key


def _props(snapshot: Snapshot) -> Iterator[AppProp]:
    if snapshot.step and snapshot.step.apps:
        yield from snapshot.step.apps
        return
    for slug in dict.fromkeys(account.app.slug for account in snapshot.accounts.accounts if not account.dead):
        yield AppProp(slug, slug)


def _key(snapshot: Snapshot, prop: AppProp, words: list[str]) -> str | None:
    """The key of `$auth` that has the words; where those only say that it is a credential, the one that can be it."""
    names = snapshot.keys_of(prop).names
    plain = {"".join(_WORDS.findall(name)).lower(): name for name in names}
    exact = plain.get("".join(words))
    if exact or not words or not set(words) <= _ANY:
        return exact
    likely = ("oauth_access_token", "access_token", "api_key", "api_token", "token", "bot_token", "secret_key")
    return next((name for name in likely if name in names), None)


def _touch(one: TextRange, other: TextRange) -> bool:
    return one.start <= other.end and other.start <= one.end
