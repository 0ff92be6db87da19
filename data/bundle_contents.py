"""What a server needs of the wheels it is made of: which files at work, and which terms they may be shipped under."""  # noqa: INP001 - a script, no package

import re
from importlib.metadata import Distribution
from pathlib import PurePath

_NEEDED = re.compile(
    r"""
      pd_lsp/.+\.(py|json|txt|md)
    | bin/uv(\.exe)?
    | (?!cffi/|.+\.dist-info/) .+\.(py|so|pyd)
    | parso/python/grammar\d+\.txt
    | certifi/cacert\.pem
    | jedi/third_party/typeshed/stdlib/.+\.pyi
    | keyring-.+\.dist-info/(METADATA|entry_points\.txt)   # by which it finds the keyrings of the systems
    """,
    re.VERBOSE,
)
_NOT_NEEDED = re.compile(
    r"""
      .*/(tests|testing|__pycache__)/.*
    | .*/pytest_plugin\.py
    | debugpy/.*\.(so|pyd)                   # for one Python each, and a step may have any: those are for speed alone
    | debugpy/_vendored/pydevd/(pydevd_attach_to_process|pydev_sitecustomize)/.*
    | debugpy/_vendored/pydevd/setup_.*
    """,
    re.VERBOSE,
)


def is_needed(name: PurePath) -> bool:
    """Whether the file is needed; `name` is its path in the folder of packages."""
    text = name.as_posix()
    return bool(_NEEDED.fullmatch(text)) and not _NOT_NEEDED.fullmatch(text)


_TERMS = re.compile(r"(licen[cs]e|copying|notice|thirdpartynotices)\b.*", re.IGNORECASE)


def notice(package: Distribution) -> str:
    """Name and version of a package, and every licence that it comes with."""
    name = f"{package.metadata['Name']} {package.version}"
    texts = [file.read_text("utf-8").strip() for file in sorted(package.files or ()) if _TERMS.fullmatch(file.name)]
    if not texts:
        raise SystemExit(f"{name} has no licence file: find out under which terms it may be shipped.")
    return "\n\n".join((name, *texts)) + "\n"
