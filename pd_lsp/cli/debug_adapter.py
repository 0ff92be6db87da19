"""`pd-lsp debug-adapter`: what an editor starts to debug a step, and speaks the Debug Adapter Protocol to."""

from argparse import ArgumentParser, Namespace, _SubParsersAction

from pd_lsp.cli.errors import SUCCEEDED


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser(
        "debug-adapter", help="debug the step that waits for it, for an editor, over standard input and output"
    )
    parser.set_defaults(call=serve)


def serve(_arguments: Namespace) -> int:
    """Serves until the editor has left."""
    from pd_lsp.execution.debug_adapter import serve_debugger

    serve_debugger()
    return SUCCEEDED
