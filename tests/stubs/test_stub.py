"""What goes into a stub, and what happens to the files that are there already."""

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pd_lsp.model import Account, Accounts
from pd_lsp.stubs.builtins_stub import builtins_stub
from pd_lsp.stubs.change import StubRefusedError, write
from pd_lsp.stubs.known_keys import keys_in_stub
from pd_lsp.stubs.mypy_stub import mypy_stub
from pd_lsp.stubs.place import BUILTINS, MYPY
from pd_lsp.stubs.project import read_project
from pd_lsp.stubs.python_text import literal
from pd_lsp.stubs.python_type import ANYTHING, Names, Record, records_in
from pd_lsp.stubs.stub import stub_changes
from tests.samples import app
from tests.stubs.conftest import copy_of_examples

NOBODY = Accounts()
ACME = app("acme_crm", "Acme", "token", "region", complete=True)
ACME_OPEN = app("acme_crm", "Acme", "token")


def account(of: object, number: int = 1) -> Account:
    return Account(f"apn_{number}", of, "Team")  # type: ignore[arg-type]


def workflow(folder: Path, *steps: str, name: str = "flow-p_1") -> Path:
    """A workflow of these steps, each as its lines of YAML."""
    place = folder / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "workflow.yaml").write_text("schema: workflow/2022.04\nsteps:\n" + "".join(steps))
    return place


def step(name: str, *props: str) -> str:
    return f'- namespace: "{name}"\n  uses: "./{name}/entry.py"\n  props:\n    __configurableProps:\n' + "".join(
        f"    - {prop}\n" for prop in props
    )


def app_prop(name: str, slug: str) -> str:
    return json.dumps({"name": name, "app": slug, "type": "app"})


def stub(folder: Path, *accounts: Account) -> str:
    """The stub of a folder, for all checkers but mypy."""
    return stub_changes(read_project(folder), Accounts(accounts), for_mypy=False)[0].after


def keys(folder: Path, *accounts: Account) -> dict[str, tuple[list[str], bool]]:
    """By class: the keys that a folder's stub has for an app, and whether they are all."""
    return {name: ([*known.names], known.complete) for name, known in keys_in_stub(stub(folder, *accounts)).items()}


def test_the_keys_of_an_account_are_all_where_that_is_known(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("acme", "acme_crm")))
    assert keys(tmp_path, account(ACME)) == {"_Auth_acme_crm": (["region", "token"], True)}


def test_one_account_that_may_have_more_keys_makes_room_for_more(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("acme", "acme_crm")))
    assert keys(tmp_path, account(ACME), account(ACME_OPEN, 2)) == {"_Auth_acme_crm": (["region", "token"], False)}


def test_an_app_of_which_nobody_knows_anything_takes_any_key(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("acme", "acme_crm")))
    assert '{"$auth": dict[str, Any]}' in stub(tmp_path)


def test_one_name_for_two_apps_has_the_keys_of_both(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("crm", "acme_crm")))
    workflow(tmp_path, step("a", app_prop("crm", "other_crm")), name="other-p_2")
    found = keys(tmp_path, account(ACME), account(app("other_crm", "Other", "api_key", complete=True), 2))
    assert found == {"_Auth_acme_crm_or_other_crm": (["api_key", "region", "token"], True)}


def test_one_name_for_an_app_and_a_data_store_can_be_anything(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("kept", "acme_crm")), step("b", '{"name": "kept", "type": "data_store"}'))
    assert "    kept: Any\n" in stub(tmp_path, account(ACME))


def test_what_a_stub_knows_it_keeps_where_nobody_is_signed_in(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("acme", "acme_crm")))
    changes = stub_changes(read_project(tmp_path), Accounts((account(ACME),)), for_mypy=True)
    write(changes)
    again = stub_changes(read_project(tmp_path), NOBODY, for_mypy=True)
    assert [change.name for change in again if change.is_one] == []
    assert all("region" in change.after for change in again if change.name in (BUILTINS, MYPY))


def test_what_is_known_for_certain_now_counts_more_than_what_the_stub_has(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("acme", "acme_crm")))
    write(stub_changes(read_project(tmp_path), Accounts((account(ACME),)), for_mypy=False))
    fresh = account(app("acme_crm", "Acme", "secret", complete=True))
    assert keys(tmp_path, fresh) == {"_Auth_acme_crm": (["secret"], True)}


def test_a_lone_step_has_the_apps_that_it_reads_and_somebody_knows(tmp_path: Path) -> None:
    reads = 'def handler(pd):\n    print(pd.inputs["acme_crm"], pd.inputs["nonsense_zzz"], pd.inputs["seen_store"])\n'
    (tmp_path / "step.py").write_text(reads)
    (tmp_path / "other.py").write_text('print("no handler, no step")\n')
    text = stub(tmp_path, account(ACME))
    assert "    acme_crm: _App_acme_crm\n    seen_store: _DataStore\n" in text
    assert "nonsense_zzz" not in text


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ('return {"a": "x", "b": True, "n": 1}', ["a: str", "b: bool", "n: Any"]),
        ('if pd:\n        return {"a": "x"}\n    return {"a": 1}', ["a: Any"]),
        (
            'a = {"x": "y"}\n    a = post(a)\n    return a',
            ['_Step_a = TypedDict("_Step_a", {"$return_value": Any}, extra_items=Any)'],
        ),
        ('a = {"x": "y"}\n    a["x"] = 1\n    return a', ["x: Any"]),
        ('return {"x": ["y", load()]}', ["x: list[Any]"]),
        ('return {"": 1, "x": "y"}', ["x: str"]),
        ('return {"people": [{"name": "x"}]}', ["name: str", "people: list[_Step_a__return_value_people_item]"]),
    ],
)
def test_what_a_step_returns_has_the_types_that_are_certain(tmp_path: Path, code: str, written: list[str]) -> None:
    entry = workflow(tmp_path, step("a")) / "a" / "entry.py"
    entry.parent.mkdir()
    entry.write_text(f"def handler(pd):\n    {code}\n")
    text = stub(tmp_path)
    assert [one for one in written if f"    {one}\n" not in text] == []


@pytest.mark.parametrize("other", ["return make()", "return 1"])
def test_a_step_that_returns_now_this_and_now_that_can_return_anything(tmp_path: Path, other: str) -> None:
    entry = workflow(tmp_path, step("a")) / "a" / "entry.py"
    entry.parent.mkdir()
    entry.write_text(f'def handler(pd):\n    if pd:\n        {other}\n    return {{"a": "x"}}\n')
    assert '{"$return_value": Any}' in stub(tmp_path)


def test_no_value_gets_into_a_stub(tmp_path: Path) -> None:
    place = workflow(tmp_path, step("a"))
    (place / "events").mkdir()
    (place / "events" / "1.json").write_text('{"event": {"body": {"email": "ada@example.org"}}, "context": {}}')
    text = stub(tmp_path)
    assert "email: str" in text
    assert "ada@" not in text


def test_the_same_project_gives_the_same_stub(tmp_path: Path) -> None:
    folder = copy_of_examples(tmp_path)
    first = stub_changes(read_project(folder), NOBODY, for_mypy=True)
    write(first)
    again = stub_changes(read_project(folder), NOBODY, for_mypy=True)
    assert [change.after for change in first] == [change.after for change in again]
    assert not any(change.is_one for change in again)


def test_no_file_of_a_stub_has_the_name_of_the_package_on_pypi(tmp_path: Path) -> None:
    files = [change.file for change in stub_changes(read_project(tmp_path), NOBODY, for_mypy=True)]
    assert len(files) == 3
    assert {file.parent for file in files} == {tmp_path / "typings"}
    assert not {file.stem for file in files} & {"pipedream", "builtins"}


def test_a_file_of_the_persons_own_is_left_alone(tmp_path: Path) -> None:
    own = tmp_path / BUILTINS
    own.parent.mkdir()
    own.write_text("def reveal() -> None: ...\n")
    with pytest.raises(StubRefusedError, match="is a file of your own"):
        stub_changes(read_project(tmp_path), NOBODY, for_mypy=False)
    assert own.read_text() == "def reveal() -> None: ...\n"


def test_a_folder_that_leads_elsewhere_is_not_written_to(tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (project / "typings").symlink_to(elsewhere)
    changes = stub_changes(read_project(project), NOBODY, for_mypy=False)
    with pytest.raises(StubRefusedError, match="a link that leads out of project"):
        write(changes)
    assert [*elsewhere.iterdir()] == []


def test_a_stub_that_git_gave_other_line_ends_is_up_to_date(tmp_path: Path) -> None:
    write(stub_changes(read_project(tmp_path), NOBODY, for_mypy=False))
    file = tmp_path / BUILTINS
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert not any(change.is_one for change in stub_changes(read_project(tmp_path), NOBODY, for_mypy=False))


def test_a_workflow_that_cannot_be_read_is_said_and_the_others_count(tmp_path: Path) -> None:
    workflow(tmp_path, step("a", app_prop("acme", "acme_crm")))
    (workflow(tmp_path, name="broken-p_2") / "workflow.yaml").write_text("steps: [")
    project = read_project(tmp_path)
    assert [problem.partition(" is ")[0] for problem in project.problems] == ["broken-p_2/workflow.yaml"]
    assert "acme: _App_acme_crm" in stub(tmp_path)


NAMES = st.text(max_size=8)


@given(st.lists(NAMES, unique=True, max_size=5), st.booleans())
def test_any_name_whatsoever_is_a_key_of_its_record_and_no_code(fields: list[str], is_open: bool) -> None:
    names = Names()
    inner = Record(names.name("App", *fields), tuple((name, ANYTHING) for name in fields), is_open)
    outer = Record(names.name("Auth"), tuple((name, inner) for name in fields), is_open)
    for write_stub in (builtins_stub, mypy_stub):
        tree = ast.parse(write_stub(records_in([outer])))
        assert {type(node) for node in ast.walk(tree) if isinstance(node, ast.stmt)} <= {
            ast.AnnAssign,
            ast.Assign,
            ast.ClassDef,
            ast.Expr,
            ast.FunctionDef,
            ast.If,
            ast.ImportFrom,
        }
    assert set(keys_in_stub(builtins_stub(records_in([outer])))["_Auth"].names) == set(fields)


@given(st.text())
def test_a_literal_is_the_very_text(text: str) -> None:
    written = literal(text)
    assert written.isascii()
    assert ast.literal_eval(written) == text


def test_folders_that_hold_code_of_others_or_cannot_be_read_are_passed_over(tmp_path: Path) -> None:
    reads = 'def handler(pd):\n    return pd.inputs["acme_crm"]\n'
    for name in ("node_modules", ".hidden", "environment", "closed"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "step.py").write_text(reads)
    (tmp_path / "environment" / "pyvenv.cfg").touch()
    (tmp_path / "closed").chmod(0)
    (tmp_path / "loop").symlink_to(tmp_path)
    try:
        steps = read_project(tmp_path).steps
    finally:
        (tmp_path / "closed").chmod(0o700)
    assert [code.file.parent.name for code in steps if code.file.parent.name != "closed"] == []


def test_a_step_that_lies_outside_the_project_is_not_read(tmp_path: Path) -> None:
    project = tmp_path / "project"
    place = workflow(project, step("a"), '- namespace: "out"\n  uses: "./../../outside.py"\n')
    (tmp_path / "outside.py").write_text('def handler(pd):\n    return {"secret_name": "x"}\n')
    (place / "a").mkdir()
    (place / "a" / "entry.py").symlink_to(tmp_path / "outside.py")
    assert "secret_name" not in stub(project)
