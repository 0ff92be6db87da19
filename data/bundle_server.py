"""Fills vscode-extension/server with pd-lsp and all it needs, so that any Python of a machine can run it from there.

`bundle_server.py PLATFORM` takes the wheels that requirements/server.txt pins, for one platform of VS Code and every
CPython in `VERSIONS`. A package that has one version for all of them lies once in `packages`, with what is compiled for
each side by side, under names of their own; a package that differs lies in `cp310` and so on.
"""  # noqa: INP001 - a script, no package

import filecmp
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

from bundle_contents import is_needed, notice
from uv import find_uv_bin

ROOT = Path(__file__).parent.parent
SERVER = ROOT / "vscode-extension" / "server"
VERSIONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
"""Of CPython; the launcher has them too."""
PLATFORMS = {
    "linux-x64": "x86_64-manylinux_2_28",
    "linux-arm64": "aarch64-manylinux_2_28",
    "alpine-x64": "x86_64-unknown-linux-musl",
    "darwin-x64": "x86_64-apple-darwin",
    "darwin-arm64": "aarch64-apple-darwin",
    "win32-x64": "x86_64-pc-windows-msvc",
    "win32-arm64": "aarch64-pc-windows-msvc",
}
"""VS Code's name of a platform, and uv's; VS Code needs glibc 2.28 itself. tree-sitter has nothing for alpine-arm64."""

_OF_SANDBOX = frozenset({"cffi", "cryptography", "trustme"})
"""What the sandbox's certificates need and nothing else does; on Linux the keyring needs it too."""
_NO_WHEEL: Mapping[str, frozenset[str]] = {
    "alpine-x64": frozenset({"ahocorasick-rs"}),
    "darwin-x64": _OF_SANDBOX,
    "win32-arm64": _OF_SANDBOX | {"ahocorasick-rs"},
}
"""Packages that pd-lsp can do without, where the platform has no wheel."""
_PURE_INSTEAD = {("win32-arm64", "3.10"): frozenset({"pyyaml"}), ("win32-arm64", "3.11"): frozenset({"pyyaml"})}
"""Packages that lack a wheel there and work without what is compiled in those of the other versions."""
_BUILDS = frozenset({"pycparser"})
"""What is needed to build a wheel, not to use it."""
_CACHES = shutil.ignore_patterns("__pycache__")


def bundle(platform: str) -> None:
    """Makes the folder anew."""
    shutil.rmtree(SERVER, ignore_errors=True)
    SERVER.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=SERVER) as drafts:
        installed = {version: _installed(platform, version, Path(drafts, version)) for version in VERSIONS}
        packages = _by_name(installed)
        for found in packages.values():
            _take(found)
        notices = (notice(next(iter(packages[name].values()))) for name in sorted(packages, key=str.lower))
        (SERVER / "THIRD-PARTY-NOTICES.txt").write_text("\n".join(notices), "utf-8")
    ours = (ROOT / "pd_lsp").rglob("*")
    _copy(((file, file.relative_to(ROOT)) for file in ours), SERVER / "packages")
    shutil.copytree(ROOT / "data" / "carried", SERVER, dirs_exist_ok=True, ignore=_CACHES)
    (SERVER / "platform.txt").write_text(f"{platform}\n", "utf-8")


def _installed(platform: str, version: str, folder: Path) -> list[Distribution]:
    """What uv installs for this Python: wheels alone, each with a digest that is pinned."""
    left_out = _BUILDS | _NO_WHEEL.get(platform, frozenset()) | _PURE_INSTEAD.get((platform, version), frozenset())
    wanted = folder.with_suffix(".txt")
    wanted.write_text("".join(_pins(left_out)), "utf-8")
    command = (find_uv_bin(), "pip", "install", "--quiet", "--no-deps", "--only-binary=:all:", "--require-hashes")
    trust = "--system-certs"  # as pip does: a machine may have an authority of its own
    where = ("--target", folder, "--python", sys.executable, "--python-platform", PLATFORMS[platform])
    subprocess.run([*command, trust, *where, "--python-version", version, "-r", wanted], check=True)
    return list(distributions(path=[str(folder)]))


def _pins(left_out: Iterable[str]) -> Iterator[str]:
    """The lines of requirements/server.txt but those of the packages `left_out`."""
    keep = True
    for line in (ROOT / "requirements" / "server.txt").read_text("utf-8").splitlines(keepends=True):
        if not line[0].isspace():
            keep = line.partition("==")[0] not in left_out
        if keep:
            yield line


def _by_name(installed: Mapping[str, list[Distribution]]) -> dict[str, dict[str, Distribution]]:
    found: dict[str, dict[str, Distribution]] = {}
    for version, packages in installed.items():
        for package in packages:
            found.setdefault(package.metadata["Name"], {})[version] = package
    return found


def _take(found: Mapping[str, Distribution]) -> None:
    """Copies a package, as each Python has it, to where those Pythons look for it."""
    is_one = len({package.version for package in found.values()}) == 1
    for version, package in found.items():
        files = [(Path(str(package.locate_file(file))), Path(file)) for file in package.files or ()]
        _copy(files, SERVER / ("packages" if is_one else f"cp{version.replace('.', '')}"))
        if is_one and _fits_later_ones(package):
            return


def _fits_later_ones(package: Distribution) -> bool:
    """Whether the wheel is for this Python and any later one, so that those need none of their own."""
    tags = (line for line in (package.read_text("WHEEL") or "").splitlines() if line.startswith("Tag: "))
    return all(tag.split("-")[1] in {"abi3", "none"} for tag in tags)


def _copy(files: Iterable[tuple[Path, Path]], folder: Path) -> None:
    for file, name in files:
        target = folder / name
        if not is_needed(name) or not file.is_file():
            continue
        if target.exists() and not filecmp.cmp(file, target, shallow=False):
            raise SystemExit(f"{name} is not the same for all Pythons: its package can't lie in one folder for all.")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(file, target)


if __name__ == "__main__":
    bundle(sys.argv[1])
