"""What a key is read of, by whatever names the code has for it: the way to `pd` from the caret."""

import pytest

from pd_lsp.syntax.pd_path import pd_path_at
from pd_lsp.syntax.tree import parse
from tests.checks import HEADER
from tests.marker import marked

AUTH = "inputs slack $auth"


def check_read_of(text: str, path: str | None) -> None:
    """The key at `$0` is one of this part of `pd`."""
    text, offset = marked(text)
    found = pd_path_at(parse(text), offset)
    assert (found and " ".join((found.member, *found.keys))) == path


IN_THE_HANDLER = {
