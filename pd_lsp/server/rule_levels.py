"""The levels that the person sets for rules in their editor, when it starts and whenever that changes."""

from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from pd_lsp.features.rule_levels import read_levels
from pd_lsp.server.guarded import costs_only_its_answer

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

_SECTION = "pdLsp.rules"
_HERE = "your editor"


def follow_rule_levels(server: "PdLanguageServer") -> None:
    """Registers what keeps the levels as the editor has them."""

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    @costs_only_its_answer(None)
    async def on_configuration(params: lsp.DidChangeConfigurationParams) -> None:
        sent = _part(_part(params.settings, "pdLsp"), "rules")
        if sent is None:
            await ask_levels(server)
        elif take_levels(server, sent):
            server.publisher.refresh()


async def ask_levels(server: "PdLanguageServer") -> None:
    """Asks an editor that can be asked; one that has set nothing changes nothing."""
    workspace = server.client_capabilities.workspace
    if not (workspace and workspace.configuration):
        return
    asked = lsp.ConfigurationParams(items=[lsp.ConfigurationItem(section=_SECTION)])
    try:
        answers = await server.workspace_configuration_async(asked)
    except JsonRpcException:
        return
    if answers and answers[0] is not None and take_levels(server, answers[0]):
        server.publisher.refresh()


def take_levels(server: "PdLanguageServer", setting: Any) -> bool:
    """Takes what the editor has for the rules, and says what is wrong with it; whether that changes anything."""
    rules = read_levels(_as_table(setting), _HERE)
    for problem in rules.problems:
        server.say_once(problem)
    before, server.state.levels = server.state.levels, rules.levels
    return before != rules.levels


def _part(table: Any, name: str) -> Any:
    found = _as_table(table)
    return found.get(name) if isinstance(found, dict) else None


def _as_table(value: Any) -> Any:
    """A table, also where the protocol's library has made a tuple with names of it.

    An empty list is an empty table: Lua, which Neovim is configured in, writes both in the same way.
    """
    return value._asdict() if hasattr(value, "_asdict") else {} if value == [] else value
