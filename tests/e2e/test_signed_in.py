"""A server of somebody who is signed in: names from the file at once, news behind them, and each problem said once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from pd_lsp.accounts.cache_file import read_kept
from pd_lsp.cli.demo_client import EditorClient
from pd_lsp.private_files import cache_folder
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Fault, Gate, html, slow, truncated
from tests.accounts.real_keyring import real_keyring
from tests.cli.person import Person, sign_in
from tests.e2e.conftest import StartEditor
from tests.e2e.signing_in import lists, signed_in
from tests.e2e.test_editing import complete_at, open_marked
from tests.e2e.test_running import step, until

KEYS = 'def handler(pd):\n    pd.inputs["slack_v2"]["$auth"]["$0"]\n'
APPS = 'def handler(pd):\n    pd.inputs["$0"]\n'
SLACK = ["oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid", "bot_token", "base_url"]


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with Sandbox() as running:
        yield running


async def labels(client: EditorClient, uri: str, text: str = APPS, version: int = 1) -> list[str]:
    """What is offered at the text's caret; the text is opened, or changed where its version is above one."""
    return [item.label for item in (await complete_at(client, uri, open_marked(client, uri, text, version))).items]


async def types_away(client: EditorClient, uri: str, versions: range) -> list[list[str]]:
    """What is offered after each of many keystrokes."""
    texts = (APPS.replace("$0", f"{'x' * (version % 7)}$0") for version in versions)
    return [await labels(client, uri, text, version) for version, text in zip(versions, texts, strict=True)]


async def refreshed(client: EditorClient) -> object:
    return await client.workspace_execute_command_async(lsp.ExecuteCommandParams(command="pd.refreshAccounts"))


async def known_from_before(editor: StartEditor) -> None:
    """An earlier start has asked, and kept the names."""
    client = await editor()
    assert await refreshed(client)
    await client.leave()


async def test_opening_a_step_asks_for_the_accounts_of_the_person(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    client, uri = await editor(), step(tmp_path, "")
    await labels(client, uri)
    await until(lambda: client.asked_to_pull == 1)
    assert "slack_v2" in await labels(client, uri, APPS, 2)
    assert await labels(client, uri, KEYS, 3) == SLACK
    assert lists(sandbox) == 1
    assert client.shown == []


async def test_without_a_network_the_names_of_the_last_time_are_completed(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    await known_from_before(editor)
    sandbox.close()
    client, uri = await editor(), step(tmp_path, "")
    found = await complete_at(client, uri, open_marked(client, uri, KEYS))
    assert [item.label for item in found.items] == SLACK
    assert found.is_incomplete


async def test_a_folder_with_a_project_of_its_own_has_its_own_names_from_the_last_time(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    signed_in(sandbox)
    signed_in(sandbox, folder=theirs, environment="production")
    client = await editor()
    for folder in (ours, theirs):
        await labels(client, step(folder, ""))
    assert await refreshed(client) == {"accounts": 17}, "both are asked for"
    await client.leave()
    sandbox.close()
    client = await editor()
    assert "slack_v2" in await labels(client, step(ours, ""))
    assert await labels(client, step(theirs, "")) == ["openai"]


async def test_names_of_the_last_time_are_known_in_a_folder_without_trust(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    await known_from_before(editor)
    asked = len(sandbox.requests)
    (tmp_path / "trusted").mkdir()
    client = await editor(tmp_path / "trusted")
    client.protocol.notify("pd/trustedFolders", {"folders": []})
    await until(lambda: lists(sandbox) == 2)  # that of the trusted folder, which it was at the start
    asked = len(sandbox.requests)
    assert "slack_v2" in await labels(client, step(tmp_path, ""))
    await types_away(client, (tmp_path / "step.py").as_uri(), range(2, 12))
    assert len(sandbox.requests) == asked


async def test_a_folder_that_is_reached_through_a_link_has_the_accounts_of_its_own_project(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    link.symlink_to(real)
    signed_in(sandbox, folder=real, environment="production")
    client, uri = await editor(link), step(link, "")
    await labels(client, uri)
    await until(lambda: client.asked_to_pull == 1)
    assert await labels(client, uri, APPS, 2) == ["openai"]


async def test_a_completion_never_waits_for_an_answer(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    await known_from_before(editor)
    sandbox.fail(slow(gate := Gate()), path="/v1/connect/*/accounts")
    client, uri = await editor(), step(tmp_path, "")
    found = await labels(client, uri)
    gate.wait_until_reached()
    answers = await types_away(client, uri, range(2, 22))
    assert all(answer == found for answer in answers)
    assert "slack_v2" in found
    assert client.asked_to_pull == 0
    gate.open()
    await until(lambda: client.asked_to_pull == 1)


PROBLEMS = {
    "busy, until a time": (Fault(status=429, retry_after=3600), "/v1/connect/*/accounts", "try again in 60 min"),
    "broken": (Fault(status=500, retry_after=3600), "/v1/connect/*/accounts", "busy (status 500)"),
    "a key that is refused": (Fault(status=401), "/v1/oauth/token", "Pipedream refused the key"),
    "a key that may not": (Fault(status=403), "/v1/connect/*/accounts", "scope connect:accounts:read"),
    "a project that is gone": (Fault(status=404), "/v1/connect/*/accounts", "knows no such project"),
    "a login page": (html(200), "/v1/connect/*/accounts", "is no JSON"),
    "an answer that breaks off": (truncated(), "/v1/connect/*/accounts", "broke off in the middle"),
}


@pytest.mark.parametrize("problem", PROBLEMS.values(), ids=PROBLEMS)
async def test_a_problem_is_said_once_and_not_at_every_keystroke(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox, problem: tuple[Fault, str, str]
) -> None:
    fault, path, says = problem
    signed_in(sandbox)
    await known_from_before(editor)
    sandbox.fail(fault, path=path, times=None)
    client, uri = await editor(), step(tmp_path, "")
    before = await labels(client, uri)
    await until(lambda: bool(client.shown))
    asked = len(sandbox.requests)
    answers = await types_away(client, uri, range(2, 32))
    assert all(answer == before for answer in answers)
    assert "slack_v2" in before
    [said] = client.shown
    assert says in said
    assert len(sandbox.requests) == asked, "nobody is asked again at once"


async def test_the_same_problem_with_another_number_is_not_said_again(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    """The service names another time with each answer, and a run asks each time."""
    signed_in(sandbox)
    for seconds in (7200, 3600, 1800):
        sandbox.fail(Fault(status=429, retry_after=seconds), path="/v1/connect/*/accounts")
    client, uri = await editor(), step(tmp_path, "")
    await labels(client, uri)
    await until(lambda: bool(client.shown))
    assert await refreshed(client) is None
    assert await refreshed(client) is None
    assert ["busy (status 429)" in said for said in client.shown] == [True] * 3, "one for each question"
    assert await refreshed(client) == {"accounts": 16}


async def test_who_asks_hears_why_there_is_no_answer_once(editor: StartEditor, sandbox: Sandbox) -> None:
    sandbox.close()
    signed_in(sandbox)
    client = await editor()
    assert await refreshed(client) is None
    [said] = client.shown
    assert "can't be reached" in said
    assert await refreshed(client) is None
    assert client.shown == [said, said]


async def test_a_service_that_works_again_is_heard(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    sandbox.fail(Fault(status=403), path="/v1/connect/*/accounts", times=None)
    client, uri = await editor(), step(tmp_path, "")
    assert await labels(client, uri) == []
    await until(lambda: bool(client.shown))
    sandbox.heal()
    assert await refreshed(client) == {"accounts": 16}
    found = await complete_at(client, uri, open_marked(client, uri, APPS, 2))
    assert "slack_v2" in [item.label for item in found.items]
    assert not found.is_incomplete


async def test_an_editor_that_can_not_pull_again_is_not_asked_to(editor: StartEditor, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client = await editor(pulls=False)
    assert await refreshed(client)
    assert client.asked_to_pull == 0


async def test_two_servers_keep_the_names_of_both(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    one, other = await editor(), await editor()
    for _ in range(3):
        first, second = (
            client.workspace_execute_command_async(lsp.ExecuteCommandParams(command="pd.refreshAccounts"))
            for client in (one, other)
        )
        assert await first == await second == {"accounts": 16}
    [file] = cache_folder().glob("accounts-*.json")
    assert len(read_kept(file).accounts) == 16
    sandbox.close()
    assert "slack_v2" in await labels(await editor(), step(tmp_path, ""))


@pytest.mark.parametrize("damaged", ["", "{", "[1, 2]", '{"form": 1, "apps": {}, "accounts": [[1]]}', '{"form": 99}'])
async def test_a_file_of_names_that_is_damaged_is_written_anew(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox, damaged: str
) -> None:
    signed_in(sandbox)
    await known_from_before(editor)
    [file] = cache_folder().glob("accounts-*.json")
    file.write_text(damaged)
    client, uri = await editor(), step(tmp_path, "")
    await labels(client, uri)
    await until(lambda: client.asked_to_pull == 1)
    assert "slack_v2" in await labels(client, uri, APPS, 2)
    assert len(read_kept(file).accounts) == 16
    assert client.shown == []


async def test_names_that_can_not_be_kept_are_completed_all_the_same(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    signed_in(sandbox)
    client, uri = await editor(), step(tmp_path, "")
    assert await refreshed(client) == {"accounts": 16}
    assert "slack_v2" in await labels(client, uri)


async def test_a_sign_in_while_the_server_runs_counts_from_then_on(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    client, uri = await editor(), step(tmp_path, "")
    assert await labels(client, uri) == []
    assert client.shown == []
    signed_in(sandbox)
    assert await labels(client, uri, APPS, 2) == []
    await until(lambda: lists(sandbox) == 1)
    await until(lambda: client.asked_to_pull > 1)
    assert "slack_v2" in await labels(client, uri, APPS, 3)


async def test_names_of_ten_thousand_accounts_come_from_the_file(editor: StartEditor, tmp_path: Path) -> None:
    with Sandbox(extra_accounts=10_000, extra_apps=3_000) as many:
        signed_in(many)
        client = await editor()
        assert await refreshed(client) == {"accounts": 10_016}
        await client.leave()
    client, uri = await editor(), step(tmp_path, "")
    assert await labels(client, uri, KEYS) == SLACK


async def test_the_secret_in_the_keyring_is_the_servers_too_and_goes_nowhere(
    editor: StartEditor,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with real_keyring(tmp_path_factory.mktemp("keyring")) as keyring:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
            monkeypatch.setenv(name, keyring.environment[name])
        person = Person(Path(keyring.environment["HOME"]), tmp_path, keyring)
        sign_in(person, sandbox)
        client, uri = await editor(), step(tmp_path, "")
        await labels(client, uri)
        await until(lambda: client.asked_to_pull == 1)
        assert await labels(client, uri, KEYS, 2) == SLACK
        await client.leave()
        assert person.files_with(sandbox.client_secret) == []
        assert client.shown == []


async def test_a_keyring_that_hangs_costs_a_sentence_and_no_completion(
    editor: StartEditor,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
    sandbox: Sandbox,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with real_keyring(tmp_path_factory.mktemp("keyring")) as keyring:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "HOME"):
            monkeypatch.setenv(name, keyring.environment[name])
        sign_in(Person(Path(keyring.environment["HOME"]), tmp_path, keyring), sandbox)
        await known_from_before(editor)
        with keyring.hanging():
            client, uri = await editor(), step(tmp_path, "")
            answers = [await labels(client, uri), *await types_away(client, uri, range(2, 12))]
            await until(lambda: bool(client.shown))
            answers += await types_away(client, uri, range(12, 22))
    assert all("slack_v2" in answer for answer in answers)
    [said] = client.shown
    assert "the keyring did not answer in 3 seconds" in said
