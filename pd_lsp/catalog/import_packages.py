"""Which package an import means: the table that the platform goes by, with corrections (docs/platform.md, 1.7)."""

from collections.abc import Mapping
from functools import cache
from importlib import resources


def package_of(module: str) -> str | None:
    """The package that gives `module`, such as `Pillow` for `PIL.Image`; None where the table does not know it."""
    table = _table()
    parts = module.split(".")
    names = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((table[name] for name in names if name in table), None)


@cache
def _table() -> Mapping[str, str]:
    text = resources.files("pd_lsp.catalog").joinpath("import_packages.txt").read_text("utf-8")
    return dict(line.split(":") for line in text.splitlines())
