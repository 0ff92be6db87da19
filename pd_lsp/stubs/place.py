"""The files of a stub. None is called `pipedream`, as the package on PyPI is, which a person may import as well."""

from pd_lsp.workflows.stub_file import FOLDER, STUB_FILES

BUILTINS, MYPY, PLUGIN = STUB_FILES[0], f"{FOLDER}/pd_lsp_mypy.pyi", f"{FOLDER}/pd_lsp_mypy.py"

__all__ = ["BUILTINS", "FOLDER", "MYPY", "PLUGIN"]
