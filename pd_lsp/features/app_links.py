"""Links to the pages of apps, on their names in `pd.inputs["slack"]`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pd_lsp.features.data_stores import is_data_store
from pd_lsp.features.reads import input_keys
from pd_lsp.model import App, AppSlug
from pd_lsp.syntax.snapshot import Snapshot
from pd_lsp.text import TextRange

_SLUG = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
"""Nothing else gets into an address: workflow.yaml comes from elsewhere."""


@dataclass(frozen=True, slots=True)
class AppLink:
    """The page of an app."""

    range: TextRange
    address: str
    title: str


def app_links(snapshot: Snapshot) -> Iterator[AppLink]:
    """A link on each app of the text that the accounts or the catalogue know."""
    for key in input_keys(snapshot.tree):
        match key.member, key.keys:
            case "inputs", (name,) if not is_data_store(snapshot, name):
                app = _known(snapshot, snapshot.app_prop(name).app)
                if app and _SLUG.fullmatch(app.slug):
                    yield AppLink(key.range, _page(app.slug), f"{app.name} on pipedream.com")


def _known(snapshot: Snapshot, slug: AppSlug) -> App | None:
    accounts = snapshot.accounts.of(slug)
    return accounts[0].app if accounts else snapshot.catalogue(slug)


def _page(slug: AppSlug) -> str:
    """Pages have dashes where slugs have underscores (docs/platform.md, section 2.2)."""
    return f"https://pipedream.com/apps/{slug.replace('_', '-')}"
