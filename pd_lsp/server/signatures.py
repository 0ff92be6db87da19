"""Signature help: how the member of `pd` around the caret is called."""

from typing import TYPE_CHECKING

from lsprotocol import types as lsp

from pd_lsp.features.arguments import Signature, signature
from pd_lsp.server import convert
from pd_lsp.server.guarded import costs_only_its_answer

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer


def help_with_calls(server: "PdLanguageServer") -> None:
    """Registers the answer, in which nothing depends on accounts."""

    @server.feature(lsp.TEXT_DOCUMENT_SIGNATURE_HELP, lsp.SignatureHelpOptions(trigger_characters=["(", ","]))
    @costs_only_its_answer(None)
    def on_signature_help(params: lsp.SignatureHelpParams) -> lsp.SignatureHelp | None:
        snapshot = server.state.snapshot(params.text_document.uri)
        if snapshot is None:
            return None
        found = signature(snapshot, convert.offset(snapshot.lines, params.position, server.unit))
        return _signature_help(found) if found else None


def _signature_help(found: Signature) -> lsp.SignatureHelp:
    """One signature; where the caret is at no parameter of it, one past the last is active, as clients expect it."""
    parameters = [
        lsp.ParameterInformation(label=parameter.label, documentation=parameter.says)
        for parameter in found.member.parameters
    ]
    active = len(parameters) if found.active is None else found.active
    information = lsp.SignatureInformation(
        label=found.member.call, documentation=found.member.says, parameters=parameters, active_parameter=active
    )
    return lsp.SignatureHelp(signatures=[information], active_signature=0, active_parameter=active)
