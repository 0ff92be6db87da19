"""`pd-lsp template`: working code for an app."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from pd_lsp.cli.errors import SUCCEEDED, CommandError


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("template", help="print a step that already authorises a request to an app")
    parser.add_argument("app", metavar="APP", help="the app's slug, such as slack_v2")
    parser.set_defaults(call=print_template)


def print_template(arguments: Namespace) -> int:
    """Prints the best template of the app."""
    from pd_lsp.catalog import catalog
    from pd_lsp.model import AppSlug
    from pd_lsp.templates import templates_for

    found = templates_for(AppSlug(arguments.app))
    if not found:
        near = ", ".join(facts.app.slug for facts in catalog().search(arguments.app, 5))
        raise CommandError(f"No app is called {arguments.app!r}." + (f" Did you mean one of {near}?" if near else ""))
    print(found[0].code, end="")
    return SUCCEEDED
