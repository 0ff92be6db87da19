"""The list of what a packed extension holds."""

from typing import Any
from zipfile import ZipFile

import pytest

from tests.editors.bundle.conftest import PACKED


@pytest.fixture
def names(packing: dict[str, Any]) -> list[str]:
    with ZipFile(PACKED / f"pd-lsp-{packing['of_this_machine']()}.vsix") as archive:
        return archive.namelist()


def mistakes(packing: dict[str, Any], names: list[str]) -> list[str]:
    found: list[str] = packing["mistakes"](names, packing["of_this_machine"]())
    return found


def test_the_packed_extension_holds_what_is_listed(packing: dict[str, Any], names: list[str]) -> None:
    assert mistakes(packing, names) == []


@pytest.mark.parametrize("name", ["tests/test_it.py", "src/extension.ts", "server/packages/debugpy/attach.so", ".env"])
def test_a_file_too_much_is_named(packing: dict[str, Any], names: list[str], name: str) -> None:
    found = mistakes(packing, [*names, f"extension/{name}"])
    assert found == [f"extension/{name} is not in vsix-contents.txt"]


def test_what_is_compiled_for_one_python_is_missed(packing: dict[str, Any], names: list[str]) -> None:
    less = [name for name in names if "tree_sitter/_binding.cpython-314" not in name]
    assert mistakes(packing, less) == ["extension/server/packages/tree_sitter/_binding.cp*314-* is missing"]


def test_a_licence_is_missed(packing: dict[str, Any], names: list[str]) -> None:
    less = [name for name in names if name != "extension/server/THIRD-PARTY-NOTICES.txt"]
    assert mistakes(packing, less) == ["extension/server/THIRD-PARTY-NOTICES.txt is missing"]
