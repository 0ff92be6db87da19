"""The parameters of commands, as pygls looks at them before it calls one."""

from typing import get_type_hints

from pd_lsp.accounts.caches import AccountCaches
from pd_lsp.server.app import create_server
from pd_lsp.settings import Settings


def test_no_command_has_types_as_pygls_asks_them_for_a_class_and_any_is_none_in_python_3_10() -> None:
    commands = create_server(Settings(), AccountCaches({})).protocol.fm.commands
    assert "pd.runStep" in commands
    assert not [name for name, command in commands.items() if get_type_hints(command)]
