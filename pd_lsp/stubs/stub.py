"""The stub of a project: its files, and what they are to have."""

from importlib import resources
from pathlib import Path

from pd_lsp.model import Accounts
from pd_lsp.stubs.builtins_stub import builtins_stub
from pd_lsp.stubs.change import Change, StubRefusedError, text_in
from pd_lsp.stubs.inputs import inputs_record
from pd_lsp.stubs.known_keys import keys_in_stub
from pd_lsp.stubs.mypy_stub import mypy_stub
from pd_lsp.stubs.outputs import steps_record
from pd_lsp.stubs.pd_class import CONTEXT, PAUSE
from pd_lsp.stubs.place import BUILTINS, MYPY, PLUGIN
from pd_lsp.stubs.project import Project
from pd_lsp.stubs.python_type import Names, records_in

_FIRST_LINE = "# Made by pd-lsp."
_HEAD = f"""\
{_FIRST_LINE} Do not edit: `pd-lsp stub` makes it again, and `pd-lsp stub --check` says whether it is out of date.
# ruff: noqa
# fmt: off
"""
_BASIC = "# pyright: basic\n"
_MYPYS_OWN = """\
# pyright: basic, reportIncompatibleMethodOverride=false, reportMissingImports=false, reportMissingModuleSource=false
# ty: ignore
# mypy: ignore-errors
"""


def stub_changes(project: Project, accounts: Accounts, *, for_mypy: bool) -> tuple[Change, ...]:
    """The files of the stub, with what they are to have; the same each time, from the same folder and accounts.

    Raises StubRefusedError where a file of the person's own has the name of one.
    """
    folder = project.folder
    names = Names()
    before = text_in(folder / BUILTINS, folder)
    inputs = inputs_record(project, accounts.beside(project.accounts), keys_in_stub(before or ""), names)
    records = records_in([inputs, steps_record(project, names), CONTEXT, PAUSE])
    texts = {BUILTINS: _HEAD + _BASIC + builtins_stub(records)}
    if for_mypy:
        texts |= {MYPY: _HEAD + _MYPYS_OWN + mypy_stub(records), PLUGIN: _HEAD + _MYPYS_OWN + _plugin()}
    return tuple(_change(folder, name, text) for name, text in texts.items())


def _plugin() -> str:
    return resources.files("pd_lsp.stubs").joinpath("mypy_plugin.py").read_text("utf-8")


def _change(folder: Path, name: str, text: str) -> Change:
    file = folder / name
    before = text_in(file, folder)
    if before is not None and not before.startswith(_FIRST_LINE):
        raise StubRefusedError(f"{name} is a file of your own, which pd-lsp does not touch: rename it, then try again.")
    return Change(folder, file, before, text)
