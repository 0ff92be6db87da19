"""The templates of an app: the files that lie in `apps/<slug>/`, then one made from the catalogue."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from importlib import resources
from typing import Literal

from pd_lsp.catalog import AppFacts, catalog
from pd_lsp.model import App, AppSlug, Template, as_pypi_writes
from pd_lsp.templates.generic import generic_template

_KEPT = 256
"""For how many apps the templates stay in memory."""


@lru_cache(maxsize=_KEPT)
def templates_for(slug: AppSlug, connected: App | None = None) -> tuple[Template, ...]:
    """The templates of an app, the best first; none for an app that nobody knows.

    `connected` is the app as the service describes it for a connected account: its keys count before those of the
    catalogue, and an app that the catalogue lacks gets a template all the same. A template that reads a key which such
    an account does not have is left out.
    """
    facts = _facts(slug, connected)
    if facts is None:
        return ()
    lacking = _lacking(slug, connected)
    usable = (code for code in _hand_made(slug) if not lacking or lacking.isdisjoint(_keys_read(code)))
    return (*(_read(code, facts) for code in usable), generic_template(facts))


def _lacking(slug: AppSlug, connected: App | None) -> frozenset[str]:
    """The keys that the catalogue has of an app and a connected account certainly has not."""
    known = catalog().app(slug)
    if known is None or connected is None or not connected.complete:
        return frozenset()
    return frozenset(field.name for field in known.app.fields).difference(field.name for field in connected.fields)


def _keys_read(code: str) -> Iterator[str]:
    """The keys of `$auth` that a template reads, of the account itself or of the name `auth` for it."""
    for node in ast.walk(ast.parse(code)):
        match node:
            case ast.Subscript(ast.Name("auth") | ast.Subscript(slice=ast.Constant("$auth")), ast.Constant(str(key))):
                yield key


def _facts(slug: AppSlug, connected: App | None) -> AppFacts | None:
    known = catalog().app(slug)
    if connected is None:
        return known
    if known is None:
        auth: Literal["oauth", "keys"] = "oauth" if connected.auth_type == "oauth" else "keys"
        return AppFacts(connected, auth, frozenset(), None, None, None, reviewed=False, inferred=frozenset())
    fields = {field.name: field for field in (*known.app.fields, *connected.fields)}
    return replace(known, app=connected if connected.complete else replace(known.app, fields=tuple(fields.values())))


def _hand_made(slug: AppSlug) -> list[str]:
    """The files of an app, as text: data, which nobody imports."""
    folder = resources.files("pd_lsp.templates") / "apps" / slug
    if not folder.is_dir():
        return []
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".py")), key=lambda file: file.name)
    return [file.read_text("utf-8") for file in files]


def _read(code: str, facts: AppFacts) -> Template:
    """A template from the text of its file, whose docstring is the title and no part of the code."""
    module = ast.parse(code)
    title = ast.get_docstring(module) or ""
    beyond = module.body[0].end_lineno if title else 0
    return Template(
        app=facts.app.slug,
        title=title.partition("\n")[0].rstrip("."),
        code="".join(code.splitlines(keepends=True)[beyond:]).lstrip("\n"),
        packages=_packages(module, facts),
    )


def _packages(module: ast.Module, facts: AppFacts) -> dict[str, str]:
    """The app's client library, if the template imports it and PyPI has it under another name."""
    sdk = facts.sdk
    if sdk is None or as_pypi_writes(sdk.package) == as_pypi_writes(sdk.import_name):
        return {}
    imported = {name for node in module.body for name in _imported(node)}
    return {sdk.import_name: sdk.package} if sdk.import_name.partition(".")[0] in imported else {}


def _imported(node: ast.stmt) -> list[str]:
    match node:
        case ast.Import(names=names):
            return [alias.name.partition(".")[0] for alias in names]
        case ast.ImportFrom(module=str(module)):
            return [module.partition(".")[0]]
        case _:
            return []
