"""The question before a live run. The server asks it, so that every road to a run leads through it (D8)."""

from typing import TYPE_CHECKING

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException

from pd_lsp.runs.consent import consent_of, question
from pd_lsp.runs.plan import RunPlan, RunRefusedError
from pd_lsp.server import convert
from pd_lsp.trust.consent import is_remembered, remember
from pd_lsp.trust.suspicious import suspicious_lines

if TYPE_CHECKING:
    from pd_lsp.server.app import PdLanguageServer

_ONCE, _ALWAYS, _CANCEL = "Run once", "Always for this file", "Cancel"


async def ask_consent(server: "PdLanguageServer", plan: RunPlan) -> bool:
    """Whether the person agrees to this run. Raises RunRefusedError where the editor can't ask them."""
    consent = consent_of(plan, server.state.settings)
    strange = suspicious_lines(plan.text)
    if not strange and is_remembered(consent, plan.text):
        remember(consent, plan.text)
        return True
    window = server.client_capabilities.window
    if not (window and window.show_message):
        raise RunRefusedError(
            f"This editor can't ask before a run: type `pd-lsp allow {plan.file}` in a terminal, and run the step "
            "again after that."
        )
    answer = await _answer(server, question(plan, server.state.settings, strange))
    if answer == _ALWAYS and not strange:
        remember(consent, plan.text)
    return answer in (_ONCE, _ALWAYS)


async def _answer(server: "PdLanguageServer", asked: str) -> str | None:
    actions = [lsp.MessageActionItem(title=title) for title in (_ONCE, _ALWAYS, _CANCEL)]
    try:
        chosen = await server.window_show_message_request_async(
            lsp.ShowMessageRequestParams(type=lsp.MessageType.Warning, message=convert.shown(asked), actions=actions)
        )
    except JsonRpcException:
        return None
    return chosen.title if chosen else None
