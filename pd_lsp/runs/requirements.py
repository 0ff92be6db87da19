"""The packages that a step needs, by its imports and comments (docs/platform.md, section 1.7)."""

import re
import sys
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from pd_lsp.catalog.import_packages import package_of
from pd_lsp.model import as_pypi_writes
from pd_lsp.runs.consent import one_line
from pd_lsp.syntax.imports import imported_modules
from pd_lsp.syntax.package_comments import package_comments
from pd_lsp.syntax.snapshot import Snapshot

_REQUIREMENT = re.compile(
    r"(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)(?P<rest>(\[[\w,.-]+\])?(==[\w.+!*-]+)?)", re.ASCII
)
_OLD_STYLE = "pipedream.script_helpers"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What is to be installed for a step."""

    packages: tuple[str, ...] = ()
    """`requests`, or `requests==2.32.3` where a comment names a version; in the order of the alphabet."""
    unlisted: tuple[str, ...] = ()
    """Those that no table has for the import, so that its own name is tried (D10)."""
    problems: tuple[str, ...] = ()
    """Sentences on comments that can't be followed."""


def modules_in(folder: Path) -> frozenset[str]:
    """The modules that can be imported from a folder: files, and folders with Python files in them; by name."""
    files = {file.stem for file in folder.glob("*.py")}
    return frozenset(files | {file.parent.name for file in folder.glob("*/*.py")})


def requirements(snapshot: Snapshot, beside: AbstractSet[str] = frozenset()) -> Requirements:
    """The packages of the step; those that its comments name go before those that its imports mean.

    What the modules `beside` the step are called is no package.
    """
    wanted: dict[str, str] = {}
    problems = []
    for comment in dict.fromkeys(comment.wanted for comment in package_comments(snapshot.tree)):
        requirement = _REQUIREMENT.fullmatch(comment)
        if requirement:
            wanted[as_pypi_writes(requirement["name"])] = as_pypi_writes(requirement["name"]) + requirement["rest"]
        else:
            shown = one_line(comment)
            problems.append(f"`# pipedream add-package {shown}` names no package: write `name` or `name==version`.")
    unlisted = []
    for module in _third_party(snapshot):
        package = package_of(module)
        name = as_pypi_writes(package or module.partition(".")[0])
        if name not in wanted and module.partition(".")[0] not in beside:
            wanted[name] = name
            if package is None:
                unlisted.append(name)
    return Requirements(tuple(sorted(wanted.values())), tuple(unlisted), tuple(problems))


def _third_party(snapshot: Snapshot) -> Iterator[str]:
    for module in imported_modules(snapshot.tree):
        is_old_style = module == _OLD_STYLE or module.startswith(f"{_OLD_STYLE}.")
        if not is_old_style and module.partition(".")[0] not in sys.stdlib_module_names and module.isascii():
            yield module
