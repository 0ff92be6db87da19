"""All that is offered at a caret, and whether more can come as somebody types on."""

from dataclasses import dataclass
from itertools import chain

from pd_lsp.features.arguments import complete_arguments
from pd_lsp.features.completion import MOST_LISTED, Completion, complete_path
from pd_lsp.features.environment_names import complete_environment
from pd_lsp.features.member_completion import complete_members
from pd_lsp.features.store_methods import complete_store_methods
from pd_lsp.features.template_completion import begins_template_word, complete_templates
from pd_lsp.syntax.key_site import key_site_at
from pd_lsp.syntax.pd_path import pd_path_at
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import Offset

_AT_KEYS = (complete_environment, complete_store_methods)
_ELSEWHERE = (complete_members, complete_arguments, complete_templates)


@dataclass(frozen=True, slots=True)
class Offered:
    """What is offered at a place."""

    completions: tuple[Completion, ...]
    is_whole: bool
    """Whether that stays all as somebody types on: an editor asks again where it does not."""
    needs_accounts: bool
    """Whether it depends on which accounts are connected."""


def offered(snapshot: Snapshot, offset: Offset) -> Offered:
    """What can stand at `offset`: keys of `pd`, names of variables, members, arguments, or templates."""
    path = pd_path_at(snapshot.tree, offset, snapshot.imported)
    if path is not None:
        found = complete_path(snapshot, path, offset)
        needs_accounts = path.member == "inputs"
        may_be_cut = needs_accounts and snapshot.accounts.app_count > MOST_LISTED
        is_whole = (snapshot.accounts.complete or not needs_accounts) and len(found) < MOST_LISTED and not may_be_cut
        return Offered(tuple(found), is_whole, needs_accounts)
    found = _others(snapshot, offset)
    is_template = bool(found) and found[0].kind == "template"
    may_come = not found and begins_template_word(snapshot, offset)
    may_come = may_come or snapshot.imported.is_late
    is_whole = len(found) < MOST_LISTED and not may_come and (snapshot.accounts.complete or not is_template)
    return Offered(tuple(found), is_whole, needs_accounts=is_template or may_come)


def _others(snapshot: Snapshot, offset: Offset) -> list[Completion]:
    site = key_site_at(snapshot.tree, offset)
    at_key = (some for complete in _AT_KEYS if site and (some := complete(snapshot, offset, site)))
    elsewhere = (some for complete in _ELSEWHERE if (some := complete(snapshot, offset)))
    return next(chain(at_key, elsewhere), [])
