"""What an editor's view of accounts asks for: an answer at once, news behind it, a choice; whatever it sends."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types as lsp

from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.configuration import change_configuration, configuration_file, read_configuration
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Fault, Gate, slow
from tests.e2e.conftest import StartEditor
from tests.e2e.signing_in import lists, signed_in
from tests.e2e.test_running import step, until

LIST = "/v1/connect/*/accounts"
NOT_AN_OBJECT: list[list[Any]] = [[], [None], ["file:///"], [[]], [7], [{}, {"uri": 7}]]
NO_FILE: list[Any] = [None, 7, True, "", "step.py", "untitled:1", "file://[", "file:///a%00b", ["file:///"], {}]


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with Sandbox() as running:
        yield running


async def call(client: EditorClient, command: str, *arguments: Any) -> Any:
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command, list(arguments)))


async def accounts(client: EditorClient, place: Path | None = None) -> Any:
    return await call(client, "pd.accounts", {"uri": place.as_uri()} if place else {})


async def settled(client: EditorClient, place: Path | None = None) -> Any:
    """The accounts once nobody is asked any more."""
    while (answer := await accounts(client, place))["asking"]:
        heard = len(client.changed)
        await until(lambda heard=heard: len(client.changed) > heard)  # type: ignore[misc]
    return answer


def by_id(answer: Any) -> dict[str, Any]:
    return {one["id"]: {**one, "app": app["app"]} for app in answer["apps"] for one in app["accounts"]}


def chosen(answer: Any) -> list[str]:
    return [id_ for id_, one in by_id(answer).items() if one["chosen"]]


async def test_an_answer_comes_at_once_and_the_service_is_asked_behind_it(
    editor: StartEditor, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    sandbox.fail(slow(gate := Gate()), path=LIST)
    client = await editor()
    first = await accounts(client)
    gate.wait_until_reached()
    assert (first["apps"], first["complete"], first["asking"], first["problem"]) == ([], False, True, None)
    assert (await accounts(client))["asking"], "another question while one is under way"
    gate.open()
    await until(lambda: "accounts" in client.changed)
    second = await accounts(client)
    assert (second["complete"], second["asking"], second["problem"]) == (True, False, None)
    assert second["signIn"] == {
        "state": "signed in",
        "kind": "connect",
        "project": "proj_sandbox",
        "environment": "development",
    }
    assert len(by_id(second)) == 16
    assert lists(sandbox) == 1


async def test_accounts_stand_below_their_apps_each_with_its_state(editor: StartEditor, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    answer = await settled(await editor())
    names = [app["name"] for app in answer["apps"]]
    assert names == sorted(names, key=str.casefold)
    assert len(set(names)) == len(names) > 5
    [github] = [app for app in answer["apps"] if app["app"] == "github"]
    assert github["name"] == "GitHub"
    assert github["accounts"][0] == {
        "id": "apn_githubwork",
        "name": "octo-work",
        "state": "ok",
        "provider": "connect",
        "environment": "development",
        "chosen": False,
    }
    states = {id_: one["state"] for id_, one in by_id(answer).items() if one["state"] != "ok"}
    assert states == {"apn_airtableold": "dead", "apn_linearkey": "unhealthy"}


async def test_the_accounts_of_production_say_so(editor: StartEditor, sandbox: Sandbox) -> None:
    signed_in(sandbox, environment="production")
    answer = await settled(await editor())
    assert answer["signIn"]["environment"] == "production"
    assert [one["environment"] for one in by_id(answer).values()] == ["production"]


async def test_the_sandbox_is_a_state_of_its_own(editor: StartEditor) -> None:
    answer = await settled(await editor(sandbox=True))
    assert (answer["signIn"]["state"], answer["complete"]) == ("sandbox", True)
    assert {one["provider"] for one in by_id(answer).values()} == {"sandbox"}


async def test_before_anybody_has_signed_in_that_is_the_state_and_no_problem(editor: StartEditor) -> None:
    client = await editor()
    answer = await settled(client)
    assert answer == {
        "signIn": {"state": "signed out", "kind": None, "project": None, "environment": None},
        "complete": False,
        "asking": False,
        "problem": None,
        "apps": [],
    }
    assert client.shown == []


async def test_a_sign_in_in_a_terminal_is_told_of_by_whoever_watches_files(
    editor: StartEditor, sandbox: Sandbox
) -> None:
    client = await editor()
    await settled(client)
    await until(lambda: bool(client.registered))
    watched = [one for one in client.registered if one.method == lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES]
    assert configuration_file().parent.as_uri() in json.dumps(watched[0].register_options, default=vars)
    client.changed.clear()
    signed_in(sandbox)
    changed = lsp.FileEvent(configuration_file().as_uri(), lsp.FileChangeType.Created)
    client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([changed]))
    await until(lambda: client.changed == ["accounts"])
    assert len(by_id(await settled(client))) == 16


async def test_a_sign_in_that_nobody_tells_of_is_noticed_by_the_next_who_asks_anything(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    client, uri = await editor(), step(tmp_path, "")
    await settled(client)
    client.changed.clear()
    signed_in(sandbox)
    client.open(uri, "def handler(pd):\n    pass\n")
    document = lsp.TextDocumentIdentifier(uri)
    await client.text_document_hover_async(lsp.HoverParams(document, lsp.Position(0, 0)))
    await until(lambda: client.changed == ["accounts"])


async def test_what_is_kept_here_alone_is_a_state_too(editor: StartEditor) -> None:
    kept = {"app": "acme", "label": "Team", "values": {"api_key": {"environment": "ACME_KEY"}}}
    change_configuration(lambda document: document.update(local_accounts=[kept]))
    answer = await settled(await editor())
    assert answer["signIn"] == {"state": "local only", "kind": None, "project": None, "environment": None}
    [app] = answer["apps"]
    [account] = app["accounts"]
    assert (app["app"], account["provider"], account["environment"]) == ("acme", "local", None)
    assert (answer["complete"], answer["problem"]) == (True, None)


async def test_a_failure_is_a_sentence_beside_what_is_known(editor: StartEditor, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client = await editor()
    before = await settled(client)
    await client.leave()
    sandbox.fail(Fault(status=500), path=LIST, times=None)
    client = await editor()
    answer = await settled(client)
    assert "busy (status 500)" in answer["problem"]
    assert (answer["complete"], answer["apps"]) == (False, before["apps"])
    asked = len(sandbox.requests)
    for _ in range(5):
        assert (await accounts(client))["problem"] == answer["problem"]
    assert len(sandbox.requests) == asked, "a view that is drawn again asks nobody again"


async def test_without_trust_there_is_an_answer_and_no_question_to_the_service(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    other = tmp_path / "other"
    (tmp_path / "trusted").mkdir()
    other.mkdir()
    client = await editor(tmp_path / "trusted")
    await settled(client)
    await client.leave()
    asked = len(sandbox.requests)
    client = await editor(other, options={"trustedFolders": []})
    answer = await accounts(client)
    assert len(by_id(answer)) == 16, "the names of the last time"
    assert (answer["complete"], answer["asking"]) == (False, False)
    assert "other is not trusted" in answer["problem"]
    assert answer["signIn"]["state"] == "signed in"
    assert (await accounts(client, other / "flow" / "one" / "entry.py"))["asking"] is False
    assert len(sandbox.requests) == asked


async def test_the_project_of_the_document_counts_else_that_of_the_first_folder(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    signed_in(sandbox)
    signed_in(sandbox, folder=theirs, environment="production")
    client = await editor()
    assert len(by_id(await settled(client))) == 16
    assert list(by_id(await settled(client, theirs))) == ["apn_openaiprod"]
    assert list(by_id(await settled(client, theirs / "step.py"))) == ["apn_openaiprod"]


@pytest.mark.parametrize("arguments", [*NOT_AN_OBJECT, *([{"uri": uri}] for uri in NO_FILE)], ids=str)
async def test_what_names_no_file_is_answered_for_the_first_folder(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox, arguments: list[Any]
) -> None:
    signed_in(sandbox, folder=tmp_path)
    client = await editor()
    answer = await call(client, "pd.accounts", *arguments)
    assert answer["signIn"]["state"] == "signed in"
    assert client.shown == []


async def test_many_questions_of_an_editor_are_one_to_the_service_and_one_piece_of_news(
    editor: StartEditor, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    client = await editor()
    asked = [client.workspace_execute_command_async(lsp.ExecuteCommandParams("pd.accounts", [{}])) for _ in range(50)]
    for answer in asked:
        await answer
    await settled(client)
    assert lists(sandbox) == 1
    assert client.changed == ["accounts"]


async def test_an_editor_that_does_not_speak_pd_hears_no_news(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    client, uri = await editor(speaks_pd=False, pulls=False), step(tmp_path, "")
    assert await call(client, "pd.refreshAccounts") == {"accounts": 16}
    assert (await accounts(client))["complete"]
    assert await call(client, "pd.useAccount", {}) is None
    client.open(uri, "")
    await until(lambda: uri in client.published)  # diagnostics are sent later than the news would be
    assert client.changed == []


WORKFLOW = 'steps:\n- {namespace: one, uses: "./one/entry.py"}\n'
GITHUB = 'def handler(pd):\n    return sorted(pd.inputs["github"]["$auth"])\n'


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    folder = tmp_path / "flow-p_1"
    (folder / "one").mkdir(parents=True)
    (folder / "workflow.yaml").write_text(WORKFLOW)
    (folder / "one" / "entry.py").write_text(GITHUB)
    return folder


def use(place: Path, app: Any = "github", account: Any = "apn_githubhome") -> dict[str, Any]:
    return {"uri": place.as_uri(), "app": app, "account": account}


@pytest.mark.parametrize("place", ["flow-p_1/one/entry.py", "flow-p_1/one", "flow-p_1", "."])
async def test_an_account_that_is_chosen_is_used_by_the_next_run(
    editor: StartEditor, tmp_path: Path, flow: Path, sandbox: Sandbox, place: str
) -> None:
    signed_in(sandbox)
    client = await editor()
    assert await call(client, "pd.useAccount", use(tmp_path / place)) == {}
    await until(lambda: "accounts" in client.changed)
    assert chosen(await accounts(client, tmp_path / place)) == ["apn_githubhome"]
    assert read_configuration().chosen_accounts == {str(tmp_path): {"github": "apn_githubhome"}}
    file = flow / "one" / "entry.py"
    client.open(file.as_uri(), GITHUB)
    assert (await call(client, "pd.runStep", {"uri": file.as_uri()}))["outcome"] == "succeeded"
    assert [seen.path.rpartition("/")[2] for seen in sandbox.requests if "include_credentials" in seen.target] == [
        "apn_githubhome"
    ]


async def test_another_choice_takes_the_place_of_the_first(editor: StartEditor, flow: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client = await editor()
    for account in ("apn_githubhome", "apn_githubwork"):
        assert await call(client, "pd.useAccount", use(flow, account=account)) == {}
    assert chosen(await accounts(client, flow)) == ["apn_githubwork"]


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({"uri": None, "app": None, "account": None}, "as a file"),
    "no file": ({"uri": "untitled:1"}, "as a file"),
    "a number for the file": ({"uri": 7}, "as a file"),
    "no app": ({"app": None}, "by its name"),
    "a list for the app": ({"app": ["github"]}, "by its name"),
    "no account": ({"account": None}, "by its name"),
    "a number for the account": ({"account": 7}, "by its name"),
    "an account of nobody": ({"account": "apn_nobody"}, "no account of yours"),
    "an empty id": ({"account": ""}, "no account of yours"),
    "an account of another app": ({"account": "apn_openaikey"}, "no account of yours"),
    "another app's name": ({"app": "gitlab"}, "no account of yours"),
    "somebody else's account": ({"account": "apn_githubcolleague"}, "no account of yours"),
}


@pytest.mark.parametrize(("given", "said"), REFUSED.values(), ids=REFUSED)
async def test_what_can_not_be_chosen_is_said_once_and_nothing_is_kept(
    editor: StartEditor, flow: Path, sandbox: Sandbox, given: dict[str, Any], said: str
) -> None:
    signed_in(sandbox)
    client = await editor()
    before = configuration_file().read_bytes()
    assert await call(client, "pd.useAccount", {**use(flow), **given}) is None
    [sentence] = client.shown
    assert said in sentence
    assert configuration_file().read_bytes() == before


@pytest.mark.parametrize("arguments", NOT_AN_OBJECT, ids=str)
async def test_a_choice_without_an_object_is_refused(editor: StartEditor, arguments: list[Any]) -> None:
    client = await editor()
    assert await call(client, "pd.useAccount", *arguments) is None
    assert len(client.shown) == 1


async def test_no_account_is_chosen_for_a_folder_without_trust(
    editor: StartEditor, flow: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    client = await editor(options={"trustedFolders": []})
    before = configuration_file().read_bytes()
    assert await call(client, "pd.useAccount", use(flow)) is None
    assert "flow-p_1 is not trusted" in client.shown[-1]
    assert (configuration_file().read_bytes(), sandbox.requests) == (before, [])


async def test_a_known_account_is_chosen_without_the_network(editor: StartEditor, flow: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client = await editor()
    await settled(client)
    await client.leave()
    sandbox.close()
    client = await editor()
    assert await call(client, "pd.useAccount", use(flow)) == {}
    assert await call(client, "pd.useAccount", use(flow, account="apn_new")) is None
    assert "can't be reached" in client.shown[-1]


async def test_a_damaged_configuration_is_left_as_it_is(editor: StartEditor, flow: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client = await editor()
    await settled(client)
    configuration_file().write_text("{ damaged")
    assert await call(client, "pd.useAccount", use(flow)) is None
    assert len(client.shown) == 1
    assert configuration_file().read_text() == "{ damaged"


async def test_a_token_that_a_run_could_not_read_is_a_state(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    client = await editor()
    await settled(client)
    client.changed.clear()
    text = 'def handler(pd):\n    return pd.inputs["google_calendar"]["$auth"]["oauth_access_token"]\n'
    uri = step(tmp_path, text)
    client.open(uri, text)
    assert await call(client, "pd.runStep", {"uri": uri}) is None
    await until(lambda: "accounts" in client.changed)
    assert by_id(await accounts(client))["apn_calendar1"]["state"] == "unreadable"
