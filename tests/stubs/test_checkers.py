"""Each stub, checked with the real Pyright, basedpyright, ty and mypy; and jedi, which completes from it."""

import shutil
from functools import cache
from pathlib import Path

import jedi
import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from tests.stubs.checkers import CHECKERS, Complaint, check, pyright_command
from tests.stubs.conftest import CLIENT, WRONG

EVERY = pytest.mark.parametrize("checker", CHECKERS)
said = cache(check)


def lines_of(complaints: list[Complaint], step: str) -> list[int]:
    """The lines of a step of ours that are complained about."""
    return sorted({one.line for one in complaints if one.file == f"more-p_Q1/{step}/entry.py"})


def line(text: str, part: str) -> int:
    [number] = [number for number, one in enumerate(text.splitlines(), start=1) if part in one]
    return number


@EVERY
def test_a_key_that_an_account_of_which_all_keys_are_known_has_not_is_an_error(project: Path, checker: str) -> None:
    wrong = ("api_kye", "acces_token", "flow.stop")
    assert lines_of(said(checker, project), "wrong") == [line(WRONG, part) for part in wrong]


@EVERY
def test_what_is_right_or_not_known_is_accepted(project: Path, checker: str) -> None:
    assert [one for one in said(checker, project) if "/right/" in one.file] == []


@pytest.mark.parametrize("checker", ["pyright", "basedpyright", "ty"])
def test_the_examples_and_the_stub_itself_have_no_error(project: Path, checker: str) -> None:
    assert [one for one in said(checker, project) if not one.file.startswith("more-p_Q1/")] == []


def test_mypy_has_no_more_to_say_of_the_examples_than_where_pd_can_be_anything(project: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(project, tmp_path / "other"))
    (other / "typings" / "pd_lsp_mypy.pyi").write_text(
        "from typing import Any, TypeAlias\npipedream: TypeAlias = Any\n"
    )
    shutil.rmtree(other / "more-p_Q1")
    of_examples = [one for one in said("mypy", project) if not one.file.startswith("more-p_Q1/")]
    assert of_examples == check("mypy", other)


@EVERY
def test_the_real_client_is_still_the_real_client(project: Path, checker: str) -> None:
    wrong = [line(CLIENT, f"def {name}()") + 1 for name in ("wrong", "wrong_too")]
    assert lines_of(said(checker, project), "client") == wrong


def test_mypy_sees_a_stub_that_was_written_anew_though_it_keeps_what_it_knows_of_a_step(
    project: Path, tmp_path: Path
) -> None:
    other = Path(shutil.copytree(project, tmp_path / "other"))
    before = lines_of(check("mypy", other), "wrong")
    stub = other / "typings" / "pd_lsp_mypy.pyi"
    stub.write_text(stub.read_text().replace("api_key", "api_kye"))
    after = lines_of(check("mypy", other), "wrong")
    assert after == [number for number in before if number != line(WRONG, "api_kye")]
    assert len(after) == len(before) - 1


def test_mypy_takes_what_is_merged_from_all_inputs_for_anything(project: Path, tmp_path: Path) -> None:
    shutil.copytree(project / "typings", tmp_path / "typings")
    shutil.copy(project / "mypy.ini", tmp_path)
    step = tmp_path / "flow-p_1" / "merging" / "entry.py"
    step.parent.mkdir(parents=True)
    step.write_text(
        'def handler(pd: "pipedream"):\n    merged = {**pd.inputs, "number": 1}\n    return merged["number"] + 1\n'
    )
    assert check("mypy", tmp_path) == []


@pytest.mark.parametrize(
    ("half_typed", "completed"),
    [
        ('pd.inputs["openai"]["$auth"]["', '"api_key"'),
        ('pd.inputs["github_1"]["$auth"]["', '"oauth_access_token"'),
        ('pd.inputs["', '"data_store"'),
        ('pd.steps["parse_body"]["$return_value"]["', '"email"'),
        ('pd.steps["trigger"]["event"]["', '"client_ip"'),
        ("pd.flow.", "delay"),
        ('pd.inputs["data_store"].set_', "set_ttl"),
    ],
)
def test_jedi_completes_through_the_stub_where_a_docstring_names_it(
    project: Path, half_typed: str, completed: str
) -> None:
    world = jedi.Project(str(project), added_sys_path=[str(project / "typings")])
    text = f'def handler(pd: "pipedream"):\n    """:type pd: __builtins__.pipedream"""\n    x = {half_typed}'
    found = jedi.Script(text, path=str(project / "more-p_Q1" / "new" / "entry.py"), project=world).complete()
    assert completed in [one.name for one in found]


@pytest.mark.parametrize("checker", ["pyright-langserver", "basedpyright-langserver"])
async def test_pyright_completes_through_the_stub(project: Path, checker: str) -> None:
    client = EditorClient()
    await client.start(pyright_command(checker, "--stdio"), folder=project)
    await client.join(project)
    offered = [
        await _offered(client, project / "more-p_Q1" / f"new_{number}" / "entry.py", half_typed)
        for number, half_typed in enumerate(('pd.inputs["github_1"]["$auth"]["', 'pd.steps["', 'pd.inputs["slack"]["'))
    ]
    await client.leave()
    assert '"oauth_access_token"' in offered[0]
    assert {'"trigger"', '"parse_body"'} <= set(offered[1])
    assert offered[2] == ['"$auth"']


async def _offered(client: EditorClient, file: Path, half_typed: str) -> list[str]:
    client.open(file.as_uri(), f'def handler(pd: "pipedream"):\n    x = {half_typed}')
    place = lsp.CompletionParams(
        lsp.TextDocumentIdentifier(file.as_uri()), lsp.Position(line=1, character=len(half_typed) + 8)
    )
    found = await client.text_document_completion_async(place)
    assert isinstance(found, lsp.CompletionList)
    return [item.label for item in found.items]
