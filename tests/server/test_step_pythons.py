"""What an editor lists as selected is read, whatever it sends; nothing of it is started or looked at."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pd_lsp.server.step_pythons import selected_pythons


def test_each_folder_has_its_python(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    listed = [
        {"folder": one.as_uri(), "python": "/opt/a/bin/python", "version": "3.12.4"},
        SimpleNamespace(folder=two.as_uri(), python="/opt/b/bin/python"),
    ]
    assert selected_pythons(listed) == {one: Path("/opt/a/bin/python"), two: Path("/opt/b/bin/python")}


@pytest.mark.parametrize(
    "listed",
    [
        None,
        {},
        "file:///w",
        [None, 5, []],
        [{"folder": "file:///w"}],
        [{"folder": "file:///w", "python": "python3"}],
        [{"folder": "file:///w", "python": ["/usr/bin/python3"]}],
        [{"folder": "untitled:1", "python": "/usr/bin/python3"}],
        [{"folder": "file://[", "python": "/usr/bin/python3"}],
    ],
    ids=str,
)
def test_whatever_else_stands_there_is_left_out(listed: Any) -> None:
    assert selected_pythons(listed) == {}
