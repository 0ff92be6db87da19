"""`pd-lsp template`: working code for an app, and the apps that there is code for."""

from argparse import ArgumentParser, Namespace, _SubParsersAction
from typing import TYPE_CHECKING

from pd_lsp.cli.errors import SUCCEEDED, CommandError

if TYPE_CHECKING:
    from pd_lsp.model import Template

_MOST_FOUND = 40


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("template", help="print a step that already authorises a request to an app")
    parser.add_argument("app", metavar="APP", nargs="?", help="the app's slug, such as slack_v2")
    parser.add_argument("number", metavar="NUMBER", nargs="?", type=int, default=1, help="which of the app's templates")
    parser.add_argument("--list", action="store_true", help="list the app's templates; without APP, the apps")
    parser.add_argument("--search", metavar="TEXT", help="list the apps that have TEXT in their name")
    parser.set_defaults(call=print_template)


def print_template(arguments: Namespace) -> int:
    """Prints a template of an app as a whole step, or lists."""
    if arguments.search is not None:
        lines = _found(arguments.search)
    elif arguments.app is None:
        lines = _apps() if arguments.list else _missing()
    else:
        templates = _templates(arguments.app)
        lines = _titles(templates) if arguments.list else [_step(templates, arguments.number)]
    print(*lines, sep="\n")
    return SUCCEEDED


def _missing() -> list[str]:
    raise CommandError("Name an app, such as slack_v2, or look for one with --search TEXT.")


def _apps() -> list[str]:
    from pd_lsp.catalog import catalog

    return sorted(catalog())


def _found(text: str) -> list[str]:
    from pd_lsp.catalog import catalog

    found = catalog().search(text, _MOST_FOUND)
    if not found:
        raise CommandError(f"No app has {text!r} in its name: try fewer letters, or --list for all.")
    longest = max(len(facts.app.slug) for facts in found)
    return [f"{facts.app.slug:{longest}}  {facts.app.name}" for facts in found]


def _templates(app: str) -> "tuple[Template, ...]":
    from pd_lsp.catalog import catalog
    from pd_lsp.model import AppSlug
    from pd_lsp.templates import templates_for

    found = templates_for(AppSlug(app))
    if not found:
        near = ", ".join(facts.app.slug for facts in catalog().search(app, 5))
        hint = f"Did you mean one of {near}?" if near else "Look for it with --search TEXT."
        raise CommandError(f"No app is called {app!r}. {hint}")
    return found


def _titles(templates: "tuple[Template, ...]") -> list[str]:
    return [f"{number}  {template.title}" for number, template in enumerate(templates, 1)]


def _step(templates: "tuple[Template, ...]", number: int) -> str:
    """The template as it would be inserted into an empty file, with the packages that it asks for."""
    from pd_lsp.features.code_actions.insert_template import insert_template
    from pd_lsp.text import Offset, apply_edits

    if not 1 <= number <= len(templates):
        raise CommandError(f"There is no template {number} of {templates[0].app}: list those there are with --list.")
    edits = insert_template("", Offset(0), templates[number - 1])
    return apply_edits("", list(edits or ())).rstrip("\n")
