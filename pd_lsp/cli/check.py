"""`pd-lsp check`: what the rules find in steps, for a terminal or for CI."""

import asyncio
import json
import sys
from argparse import ArgumentParser, Namespace, _SubParsersAction
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pd_lsp.cli import signed_in
from pd_lsp.cli.errors import MISTAKE, STEP_FAILED, SUCCEEDED, CommandError
from pd_lsp.cli.screen import terminal_text

if TYPE_CHECKING:
    from pd_lsp.accounts.cache import AccountCache
    from pd_lsp.accounts.caches import AccountCaches
    from pd_lsp.features.rules.rule import Rule
    from pd_lsp.model import Accounts

_NOT_LOOKED_INTO = frozenset({"node_modules", "__pycache__", "site-packages"})
_FAILING = ("error", "warning")


def add_parser(commands: "_SubParsersAction[ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("check", help="say what is wrong in steps, from what is known without the network")
    parser.add_argument(
        "paths", type=Path, nargs="*", metavar="PATH", help="steps, or folders with steps (default: this folder)"
    )
    parser.add_argument("--json", action="store_true", help="as one JSON document")
    parser.add_argument("--refresh", action="store_true", help="ask for the accounts first, instead of offline")
    parser.add_argument("--explain", metavar="RULE", help="print the page of one rule, or of `all`")
    signed_in.add_arguments(parser)
    parser.set_defaults(call=check)


def check(arguments: Namespace) -> int:
    """Prints what is found; 1 where any of it is an error or a warning, 2 where a file can't be checked."""
    if arguments.explain:
        return _explain(arguments.explain)
    files = list(_files(arguments.paths or [Path()]))
    with signed_in.signed_in(arguments) as (_, caches):
        checked = asyncio.run(_checked(files, caches, ask=arguments.refresh or arguments.sandbox))
    if arguments.json:
        print(json.dumps([one.as_json() for one in checked.found], indent=2, ensure_ascii=False))
    else:
        for one in checked.found:
            print(one)
    for sentence in (*dict.fromkeys(checked.notices), *checked.unreadable):
        print(f"pd-lsp: {sentence}", file=sys.stderr)
    if checked.unreadable:
        return MISTAKE
    return STEP_FAILED if any(one.level in _FAILING for one in checked.found) else SUCCEEDED


def _explain(code: str) -> int:
    from pd_lsp.features.rules import ALL

    chosen = [rule for rule in ALL if code in (rule.code, "all")]
    if not chosen:
        raise CommandError(f"There is no rule {code!r}. There are: {', '.join(rule.code for rule in ALL)}.")
    print("\n\n".join(map(_page, chosen)))
    return SUCCEEDED


def _page(rule: "Rule") -> str:
    return f"{rule.code} ({rule.default})\n\n{rule.page}"


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """The files that are named, and those of Python in the folders that are named. Raises CommandError."""
    for path in paths:
        if path.is_dir():
            inside = (file for file in sorted(path.rglob("*.py")) if _is_looked_at(file.relative_to(path)))
            yield from (file for file in inside if not file.is_symlink() and _may_be_step(file))
        elif path.is_file():
            yield path
        else:
            raise CommandError(f"There is no {path}: name a step, or a folder with steps.")


def _may_be_step(file: Path) -> bool:
    """Whether a file that nobody has named can be a step: by its name, or because it has a handler."""
    return file.is_file() and (file.name == "entry.py" or b"def handler" in file.read_bytes())


def _is_looked_at(inside: Path) -> bool:
    return not any(part.startswith(".") or part in _NOT_LOOKED_INTO for part in inside.parts)


@dataclass(frozen=True, slots=True)
class _Found:
    """One finding, with its place in the file counted in code points from 1."""

    path: Path
    start: tuple[int, int]
    end: tuple[int, int]
    level: str
    code: str
    message: str

    def __str__(self) -> str:
        return terminal_text(f"{self.path}:{self.start[0]}:{self.start[1]}: {self.level} {self.code} {self.message}")

    def as_json(self) -> dict[str, str | int]:
        """As `--json` prints it."""
        places = {"line": self.start[0], "column": self.start[1], "end_line": self.end[0], "end_column": self.end[1]}
        return {"path": str(self.path), **places, "level": self.level, "code": self.code, "message": self.message}


@dataclass(slots=True)
class _Checked:
    """What came of it."""

    found: list[_Found] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    """What is wrong with the project's setting of rules."""
    unreadable: list[str] = field(default_factory=list)
    """Why a file could not be checked."""


async def _checked(files: list[Path], caches: "AccountCaches", *, ask: bool) -> _Checked:
    from pd_lsp.accounts.provider import AccountsError
    from pd_lsp.workflows.files import UnreadableFileError

    checked = _Checked()
    asked: dict[AccountCache, Accounts] = {}
    try:
        for file in files:
            cache = caches.of(file.resolve())
            if cache not in asked:
                asked[cache] = await cache.refresh() if ask else cache.current
            try:
                _check(file, asked[cache], checked)
            except UnreadableFileError as error:
                checked.unreadable.append(str(error))
    except AccountsError as error:
        raise CommandError(str(error)) from None
    finally:
        await caches.close()
    return checked


def _check(file: Path, accounts: "Accounts", checked: _Checked) -> None:
    """Checks one file. Raises UnreadableFileError."""
    from pd_lsp.features.diagnostics import diagnose
    from pd_lsp.runs.step_file import read_step, rule_problems

    snapshot, folder = read_step(file.resolve(), accounts)
    checked.notices += rule_problems(file.resolve(), folder)
    for one in diagnose(snapshot):
        places = (snapshot.lines.position(end, "utf-32") for end in (one.finding.range.start, one.finding.range.end))
        start, end = ((line + 1, column + 1) for line, column in places)
        checked.found.append(_Found(file, start, end, one.severity, one.code, one.finding.message))
