"""Apps and accounts by the thousand, as large projects have them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import count, islice, product

from pd_lsp.catalog import AppFacts, catalog
from pd_lsp.sandbox.accounts import SandboxAccount
from pd_lsp.sandbox.directory import APPS, CATEGORIES, SandboxApp
from pd_lsp.sandbox.invented import keys_of

_FIRST = ("amber", "birch", "cobalt", "delta", "ember", "fjord", "granite", "harbor", "indigo", "juniper", "kestrel")
_SECOND = ("billing", "desk", "forms", "inbox", "insights", "ledger", "mail", "pipeline", "signals", "tasks")
_PEOPLE = ("ada", "grace", "katherine", "alan", "edsger", "barbara", "donald", "margaret", "radia", "tim")
_PREFIX = "apn_extra"
_VALUE = re.compile(r"sandbox-extra-([0-9]{6})-")


def extra_apps(number: int) -> dict[str, SandboxApp]:
    """`number` apps beside the sandbox's own: those of the catalogue first, then invented ones."""
    known = (_from_catalog(facts) for slug in catalog() if slug not in APPS and (facts := catalog().app(slug)))
    return {app.slug: app for app in islice(_chained(known), number)}


def _chained(known: Iterable[SandboxApp]) -> Iterable[SandboxApp]:
    yield from known
    for round_ in count(1):
        for first, second in product(_FIRST, _SECOND):
            name = f"{first} {second} {round_}"
            yield SandboxApp(name.replace(" ", "_"), name.title(), False, _category(name), ("api_key",))


def _from_catalog(facts: AppFacts) -> SandboxApp:
    slug = facts.app.slug
    oauth = facts.auth == "oauth"
    fields = tuple(field.name for field in facts.app.fields if not (oauth and field.name.startswith("oauth_")))
    plain = tuple(name for name in fields if name not in facts.secrets)
    return SandboxApp(slug, facts.app.name, oauth, _category(slug), fields, plain, expiring=oauth)


def _category(name: str) -> str:
    return CATEGORIES[sum(name.encode()) % len(CATEGORIES)]


def extra_accounts(number: int, apps: Mapping[str, SandboxApp]) -> list[SandboxAccount]:
    """`number` more accounts of the sandbox's first user, of the `apps` in turn."""
    turn: Sequence[SandboxApp] = tuple(apps.values())
    return [_account(place, turn[place % len(turn)]) for place in range(number)]


def _account(place: int, app: SandboxApp) -> SandboxAccount:
    values = {name: f"sandbox-extra-{place:06}-{name}" for name in keys_of(app)}
    return SandboxAccount(_id(f"{place:06}"), app, f"{_PEOPLE[place % len(_PEOPLE)]}{place}@example.com", values)


def extra_account_in(text: str) -> str | None:
    """The id of the account whose value is in `text`, found without looking at thousands of accounts."""
    found = _VALUE.search(text)
    return _id(found[1]) if found else None


def is_extra(account: SandboxAccount) -> bool:
    """Whether it is one of the thousands."""
    return account.id.startswith(_PREFIX)


def _id(number: str) -> str:
    return f"{_PREFIX}{number}"
