"""Accounts without Pipedream: what their app and keys are called, where the catalogue knows it."""

from collections.abc import Iterable

from pd_lsp.catalog.reader import catalog
from pd_lsp.model import Account, App, AppSlug, AuthField, local_account_id


def account_kept_here(app: str, label: str, keys: Iterable[str]) -> Account:
    """An account that the person keeps here, or that a project file names: these keys and no others."""
    slug = AppSlug(app)
    facts = catalog().app(slug)
    described = {field.name: field for field in (facts.app.fields if facts else ())}
    fields = tuple(described.get(key, AuthField(key)) for key in keys if key.isprintable())
    known = App(slug, facts.app.name if facts else app, fields, complete=bool(fields), source="the list here")
    return Account(local_account_id(slug, label), known, label, local=True)
