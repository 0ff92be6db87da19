"""The parameters of commands, as pygls looks at them before it calls one."""

import inspect
from typing import Any, get_type_hints

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.server.app import create_server
from pd_lsp.settings import Settings


def test_what_a_command_takes_is_named_by_a_class_as_any_is_none_in_python_3_10() -> None:
    """pygls asks `issubclass`, and refuses the call where that fails."""
    server = create_server(Settings(), AccountCaches({}))
    hints = {
        name: hint
        for name, command in server.protocol.fm.commands.items()
        for parameter, hint in get_type_hints(getattr(command, "func", command)).items()
        if parameter != "return"
    }
    assert hints
    assert not [name for name, hint in hints.items() if hint is Any or not inspect.isclass(hint)]
