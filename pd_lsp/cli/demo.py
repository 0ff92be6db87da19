"""`pd-lsp demo`: the three jobs of pd-lsp on the example workspace, through a real client and a real server."""

import asyncio
from argparse import ArgumentParser, Namespace, _SubParsersAction
from pathlib import Path

from pd_lsp.cli.errors import CommandError

_EXAMPLES = Path(__file__).parents[2] / "examples"


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("demo", help="see completion, a template and a run on the example workspace")
    parser.add_argument("--examples", type=Path, default=_EXAMPLES, help="the example workspace")
    parser.add_argument("--python", type=Path, metavar="PATH", help="the interpreter that the example steps run in")
    parser.set_defaults(call=demonstrate)


def demonstrate(arguments: Namespace) -> int:
    """Shows the demo; 0 where everything in it worked."""
    from pd_lsp.cli.demo_tour import Place, Script, Tour
    from pd_lsp.cli.signed_in import own_environment

    if not arguments.examples.is_dir():
        raise CommandError("The example workspace is not here: clone the project, or name it with --examples.")
    own_environment()  # the demo's server inherits none of the person's secrets
    script = Script(
        places=(
            Place("fetch_issues", 'pd.inputs["github_1"]["$auth"]["oauth_access_token"]}', 'pd.inputs["▏'),
            Place("append_row", '["oauth_access_token"]}', '["oa▏"]}'),
            Place("welcome_text", 'creds["api_key"]', "creds[▏]"),
        ),
        insert_into=Place("parse_body", "  # Return data for use in future steps\n", "  ▏\n"),
        insert="Insert OpenAI",
        run="post_message",
    )
    python = ["--python", str(arguments.python.absolute())] if arguments.python else []
    return asyncio.run(Tour(arguments.examples.resolve(), script, ["serve", "--stdio", "--sandbox", *python]).show())
