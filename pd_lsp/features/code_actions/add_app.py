"""Adding an app to a step: its entry in workflow.yaml, as GitHub Sync writes it (docs/platform.md, section 6.2)."""

from collections.abc import Iterator

from pd_lsp.features.code_actions.action import CodeAction, OtherFile
from pd_lsp.features.rules.account_reads import account_reads
from pd_lsp.model import Account
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.syntax.workflow_sources import Gap
from pd_lsp.text import TextEdit, TextRange


def add_app(snapshot: Snapshot, selected: TextRange) -> list[CodeAction]:
    """An action where the step reads an app that it does not have in workflow.yaml, for each account that it can mean.

    Only with accounts of which the service has said all that such an entry holds.
    """
    step = snapshot.step
    if step is None:
        return []
    sources = snapshot.sources()
    file = sources.workflow if sources else None
    entry = file.steps.get(step.namespace) if file else None
    gap = entry.gap if entry else None
    if file is None or gap is None:
        return []
    has = {*(prop.name for prop in step.apps), *step.data_stores}
    found: dict[str, CodeAction] = {}
    for use in account_reads(snapshot):
        name = use.path[1]
        if name in has or not (use.key.start <= selected.end and selected.start <= use.key.end):
            continue
        for account in _accounts(snapshot, name):
            title = f"Add {account.app.name} ({account.label}) to this step in workflow.yaml"
            edit = TextEdit(TextRange(gap.offset, gap.offset), _lines(account, name, gap))
            found.setdefault(title, CodeAction(title, elsewhere=OtherFile(file.path, file.lines, (edit,))))
    return [*found.values()]


def _accounts(snapshot: Snapshot, name: str) -> Iterator[Account]:
    for account in snapshot.accounts_of(snapshot.app_prop(name)):
        if not account.dead and not account.local and account.app.id and account.app.auth_type:
            yield account


def _lines(account: Account, name: str, gap: Gap) -> str:
    """The lines for one more prop, each behind the end of the one before it."""
    app, key, dash = account.app, " " * gap.column, " " * gap.dash
    above = [] if gap.has_props else [f"{' ' * (gap.column - 2)}props:", f"{key}__configurableProps:"]
    item = [
        f"{dash}- app: {app.slug}",
        f"{dash}  name: {name}",
        f"{dash}  type: app",
        f"{dash}  authType: {app.auth_type}",
        f"{dash}  appId: {app.id}",
    ]
    return "".join(f"\n{line}" for line in (*above, *item, f"{key}{name}:", f"{key}  authProvisionId: {account.id}"))
