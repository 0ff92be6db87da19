"""Tiny packages as wheels in a folder, which stands in for an index: real uv installs them, without a network."""

import zipfile
from pathlib import Path


def wheel(folder: Path, name: str, version: str, *, module: str = "", needs: tuple[str, ...] = ()) -> Path:
    """Writes the wheel of a package whose one module says which version it is."""
    folder.mkdir(exist_ok=True)
    distribution = name.replace("-", "_")
    information = f"{distribution}-{version}.dist-info"
    requires = "".join(f"Requires-Dist: {need}\n" for need in needs)
    files = {
        f"{module or distribution}.py": f"VERSION = {version!r}\n",
        f"{information}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}",
        f"{information}/WHEEL": "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{information}/RECORD"
    files[record] = "".join(f"{path},,\n" for path in (*files, record))
    file = folder / f"{distribution}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        for path, text in files.items():
            archive.writestr(path, text)
    return file
