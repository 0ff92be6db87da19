"""Makes pd_lsp/catalog/import_packages.txt, which package an import means, from the two tables beside this script.

One is the `mapping` of pipreqs 0.5.0 (Apache License 2.0), which Pipedream goes by (docs/platform.md, section 1.7).
Ours goes before it.
"""  # noqa: INP001 - a script, no package

from pathlib import Path

_HERE = Path(__file__).parent
_TABLES = (_HERE / "import_packages.pipreqs.txt", _HERE / "import_packages.ours.txt")
TABLE = _HERE.parent / "pd_lsp" / "catalog" / "import_packages.txt"
"""The file that is made."""


def table_text() -> str:
    """Both tables as one, an import a line."""
    rows: dict[str, str] = {}
    for table in _TABLES:
        lines = (line.strip() for line in table.read_text("utf-8").splitlines())
        rows |= dict(line.split(":") for line in lines if line and not line.startswith("#"))
    return "".join(f"{name}:{package}\n" for name, package in sorted(rows.items()) if package)


if __name__ == "__main__":
    TABLE.write_text(table_text(), "utf-8")
