"""Files around a step: when one changes on disk, what is known of the steps is found anew."""

from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from pd_lsp.configuration import configuration_file
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

WATCHED = ("**/workflow.yaml", "**/.workflow.state", "**/entry.py", "**/events/*.json", "**/.env", "**/pd-lsp.json")
"""What diagnostics depend on. Each is read by its stamp: a change is only a reason to look."""
_OF_WORKFLOWS = ("workflow.yaml", "entry.py")
"""What lists of workflows and their steps depend on."""
_CONFIGURATION = "pdLsp.rules"


def watch_files(server: "PdLanguageServer") -> None:
    """Registers what is done when one of them has changed."""

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    @costs_only_its_answer(None)
    def on_files(params: lsp.DidChangeWatchedFilesParams) -> None:
        server.publisher.refresh()
        if any(change.uri.rpartition("/")[2] in _OF_WORKFLOWS for change in params.changes):
            server.changes.note("workflows")
        if any(convert.path_of(change.uri) == configuration_file() for change in params.changes):
            server.changes.note("accounts")


async def ask_to_be_told(server: "PdLanguageServer") -> None:
    """Asks the editor, where it can be asked, to tell of these files and of its settings."""
    workspace = server.client_capabilities.workspace
    wanted = []
    if workspace and workspace.did_change_watched_files and workspace.did_change_watched_files.dynamic_registration:
        watchers = [lsp.FileSystemWatcher(glob_pattern=pattern) for pattern in WATCHED]
        if workspace.did_change_watched_files.relative_pattern_support:
            watchers.append(lsp.FileSystemWatcher(_own_file()))
        options = lsp.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
        wanted.append(lsp.Registration("pd-files", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options))
    if workspace and workspace.did_change_configuration and workspace.did_change_configuration.dynamic_registration:
        section = lsp.DidChangeConfigurationRegistrationOptions(section=_CONFIGURATION)
        wanted.append(lsp.Registration("pd-settings", lsp.WORKSPACE_DID_CHANGE_CONFIGURATION, section))
    if wanted:
        try:
            await server.client_register_capability_async(lsp.RegistrationParams(registrations=wanted))
        except JsonRpcException:
            return


def _own_file() -> lsp.RelativePattern:
    """The person's own configuration, which lies outside the workspace: they may sign in, in a terminal."""
    file = configuration_file()
    return lsp.RelativePattern(convert.uri_of(file.parent), file.name)
