"""Packs the VS Code extension with the server in it: `make_vsix.py [PLATFORM… | --all]`, else for this machine.

Each is checked against vscode-extension/vsix-contents.txt: it has no file that is not listed, and lacks none that is.
"""  # noqa: INP001 - a script, no package

import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from zipfile import ZipFile

from bundle_server import PLATFORMS, ROOT, SERVER, VERSIONS, bundle

_EXTENSION = ROOT / "vscode-extension"
_LIST = _EXTENSION / "vsix-contents.txt"
FOLDER = ROOT / "build" / "vsix"
"""Where the packed extensions are."""


def pack(target: str) -> Path:
    """Packs the extension for a platform; the file."""
    try:
        return _packed(target)
    finally:
        shutil.rmtree(SERVER, ignore_errors=True)


def _packed(target: str) -> Path:
    bundle(target)
    FOLDER.mkdir(parents=True, exist_ok=True)
    file = FOLDER / f"pd-lsp-{target}.vsix"
    vsce = _EXTENSION / "node_modules" / "@vscode" / "vsce" / "vsce"
    # It would look for secrets in every file, which takes half a minute: these are published wheels, and our own code.
    flags = ("--no-dependencies", "--allow-missing-repository", "--allow-package-all-secrets")
    command = ("node", vsce, "package", *flags, "--target", target, "--ignoreFile", ".vscodeignore.carrying")
    subprocess.run([*command, "--out", file], cwd=_EXTENSION, check=True, stdout=subprocess.DEVNULL)
    return file


def mistakes(names: Sequence[str], target: str) -> list[str]:
    """What is in the package and not in the list, and the other way round."""
    patterns = list(_patterns(target))
    too_much = (name for name in names if not any(fnmatchcase(name, pattern) for pattern in patterns))
    missing = (pattern for pattern in patterns if not any(fnmatchcase(name, pattern) for name in names))
    return [*(f"{name} is not in {_LIST.name}" for name in too_much), *(f"{one} is missing" for one in missing)]


def _patterns(target: str) -> Iterator[str]:
    """The lines of the list that are for this platform, one for each Python where they name its version."""
    for line in _LIST.read_text("utf-8").splitlines():
        pattern, _, platforms = line.partition(" @ ")
        is_meant = not platforms or any(fnmatchcase(target, one) for one in platforms.split())
        if pattern and not pattern.startswith("#") and is_meant:
            yield from dict.fromkeys(pattern.replace("{version}", version.replace(".", "")) for version in VERSIONS)


def of_this_machine() -> str:
    """VS Code's name of this machine's platform."""
    system = {"win32": "win32", "darwin": "darwin"}.get(sys.platform, "linux" if platform.libc_ver()[0] else "alpine")
    return f"{system}-{'arm64' if platform.machine().lower() in {'arm64', 'aarch64'} else 'x64'}"


def main(targets: Sequence[str]) -> int:
    """Packs and checks each, and prints its size."""
    wrong = False
    for target in PLATFORMS if targets == ["--all"] else targets or [of_this_machine()]:
        file = pack(target)
        with ZipFile(file) as archive:
            files = [one for one in archive.infolist() if not one.is_dir()]
        unpacked = sum(one.file_size for one in files)
        packed = file.stat().st_size
        print(f"{target:<13} {packed / 1e6:5.1f} MB, unpacked {unpacked / 1e6:5.1f} MB, {len(files)} files", flush=True)
        for mistake in mistakes([one.filename for one in files], target):
            wrong = True
            print(f"  {mistake}", file=sys.stderr)
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
