import os
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from pd_lsp.features.code_actions import CodeAction
from pd_lsp.features.hover import Hover
from pd_lsp.server import convert
from pd_lsp.text import LineIndex, Offset, TextRange


def test_a_name_can_not_become_a_link_in_a_message() -> None:
    assert convert.shown("Run [a](command:evil).py?") == "Run [a] (command:evil).py?"


@pytest.mark.parametrize(
    ("uri", "path"),
    [
        ("file:///a/b%20c.py", "/a/b c.py"),
        ("file:///a/%C3%A9%23.py", "/a/é#.py"),
        ("file:///a/%00.py", None),
        ("untitled:Untitled-1", None),
        ("untitled:/a/b.py", None),
        ("git:/a/b.py?%7B%22ref%22%3A%22~%22%7D", None),
        ("vscode-notebook-cell:/a/b.ipynb#W0sZmlsZQ%3D%3D", None),
        ("file://[", None),
        ("file:", None),
        ("", None),
    ],
)
def test_only_a_file_has_a_path(uri: str, path: str | None) -> None:
    found = convert.path_of(uri)
    assert (found and found.as_posix()) == path


@pytest.mark.parametrize("uri", ["file:///c%3A/Users/x/step.py", "file:///C:/step.py", "file://server/share/step.py"])
def test_a_drive_or_another_machine_is_no_place_in_one_tree_of_files(uri: str) -> None:
    assert (convert.path_of(uri) is None) == (os.name == "posix")


@pytest.mark.parametrize(
    ("encoding", "unit"),
    [(lsp.PositionEncodingKind.Utf8, "utf-8"), ("utf-32", "utf-32"), (None, "utf-16"), ("x", "utf-16")],
)
def test_columns_are_counted_as_the_client_and_server_agreed(encoding: object, unit: str) -> None:
    assert convert.column_unit(encoding) == unit  # type: ignore[arg-type]


def test_a_range_is_given_in_the_columns_of_the_session() -> None:
    lines = LineIndex("é😀x\n")
    place = TextRange(Offset(2), Offset(3))
    assert convert.text_range(lines, place, "utf-16") == lsp.Range(lsp.Position(0, 3), lsp.Position(0, 4))
    assert convert.text_range(lines, place, "utf-8") == lsp.Range(lsp.Position(0, 6), lsp.Position(0, 7))


def test_a_hover_shows_a_name_as_it_is_and_never_as_markdown() -> None:
    found = Hover(TextRange(Offset(0), Offset(1)), "a *b* [c](command:x)", ("<img src=x>\n# d", "`e` ![f](g)"))
    shown = convert.hover(LineIndex("x"), found, "utf-16", markdown=True)
    assert isinstance(shown.contents, lsp.MarkupContent)
    assert shown.contents.value == (
        "**a \\*b\\* \\[c\\]\\(command:x\\)**\n\n\\<img src=x\\> \\# d\n\n\\`e\\` \\!\\[f\\]\\(g\\)"
    )


def test_a_client_without_markdown_gets_plain_text() -> None:
    found = Hover(TextRange(Offset(0), Offset(1)), "a_b", ("c_d",))
    shown = convert.hover(LineIndex("x"), found, "utf-16", markdown=False)
    assert shown.contents == lsp.MarkupContent(kind=lsp.MarkupKind.PlainText, value="a_b\nc_d")


def test_an_action_that_does_more_than_edit_carries_its_command_and_the_document() -> None:
    actions, place = [CodeAction("Do", command="write stubs")], lsp.Position(2, 3)
    [action] = convert.code_actions("file:///a.py", LineIndex(""), actions, "utf-16", place)
    assert isinstance(action, lsp.CodeAction)
    assert action.edit is None
    assert action.command
    assert action.command.command == "pd.writeStub"
    assert action.command.arguments == [{"uri": "file:///a.py", "position": {"line": 2, "character": 3}}]


def test_a_file_is_named_by_a_uri_whatever_links_lead_to_it(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    assert convert.file_of((tmp_path / "link" / "step.py").as_uri()) == tmp_path.resolve() / "real" / "step.py"


@pytest.mark.parametrize("sent", [None, 7, [], {}, "", "untitled:1", "step.py"], ids=str)
def test_what_is_no_uri_of_a_file_names_none(sent: object) -> None:
    assert convert.file_of(sent) is None


def test_links_that_lead_round_in_a_circle_and_names_that_are_too_long_are_borne(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for place in (tmp_path / "a" / "step.py", tmp_path / ("x" * 5000)):
        named = convert.file_of(place.as_uri())  # Python 3.13 gives the path back
        assert named is None or named.name == place.name
