"""The project files of trusted folders, read anew when they change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pd_lsp.features.rule_levels import read_levels
from pd_lsp.features.rules.rule import Level
from pd_lsp.file_stamp import FileStamp, file_stamp
from pd_lsp.model import Account
from pd_lsp.workflows.files import UnreadableFileError
from pd_lsp.workflows.project_file import ProjectFile, find_project_file, read_project_file


@dataclass(frozen=True, slots=True)
class Project:
    """What the project of a step says: accounts that it needs, levels of rules."""

    accounts: tuple[Account, ...] = ()
    levels: Mapping[str, Level] = field(default_factory=dict)


@dataclass(slots=True)
class ProjectFiles:
    """Keeps what was read of each file until it changes, and says what is wrong with it."""

    say: Callable[[str], None]
    _known: dict[Path, tuple[FileStamp | None, Project]] = field(default_factory=dict)

    def of(self, path: Path, folder: Path) -> Project:
        """The project of the step `path`, whose file lies in `folder` at the highest."""
        file = find_project_file(path, folder)
        if file is None:
            return Project()
        known, stamp = self._known.get(file), file_stamp(file)
        if known is None or known[0] != stamp:
            known = self._known[file] = stamp, self._read(file, folder)
        return known[1]

    def _read(self, file: Path, folder: Path) -> Project:
        try:
            found = read_project_file(file, folder)
        except UnreadableFileError as error:
            self.say(str(error))
            found = ProjectFile()
        rules = read_levels(found.rules, found.name)
        for problem in rules.problems:
            self.say(problem)
        return Project(found.accounts, rules.levels)
