"""Which account a run takes: as workflow.yaml names it, as the person chose, of which environment, in which state."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lsprotocol import types as lsp

from pd_lsp.configuration import change_configuration, configuration_file
from pd_lsp.sandbox import Sandbox
from pd_lsp.sandbox.faults import Fault, other_shape
from tests.e2e.conftest import StartEditor
from tests.e2e.signing_in import handed_out, signed_in
from tests.e2e.test_consent import again
from tests.e2e.test_editing import complete_at, open_marked, workspace
from tests.e2e.test_running import run, step, until

READS = 'def handler(pd):\n    return sorted(pd.inputs["{}"]["$auth"])\n'
GITHUB = READS.format("github")
OAUTH = ["oauth_access_token", "oauth_client_id", "oauth_refresh_token", "oauth_uid"]
WORKFLOW = """\
steps:
- namespace: fetch
  uses: ./fetch/entry.py
  props:
    __configurableProps:
    - {{app: {app}, name: {app}, type: app}}
    {app}: {{authProvisionId: {account}}}
"""


@pytest.fixture
def sandbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Sandbox]:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    with Sandbox() as running:
        yield running


class Person:
    """Answers questions one after the other, and remembers them."""

    def __init__(self, *answers: str | None) -> None:
        self.asked: list[str] = []
        self._answers = list(answers)

    def __call__(self, question: str) -> str | None:
        self.asked.append(question)
        return self._answers.pop(0)


def named(folder: Path, app: str, account: str) -> str:
    """The step of a workflow that names an account; its URI."""
    file = workspace(folder, WORKFLOW.format(app=app, account=account))
    file.write_text(READS.format(app))
    return file.as_uri()


def notices(output: list[tuple[str, str]]) -> str:
    return "".join(text for stream, text in output if stream == "notice")


HOME = "octo-home (apn_githubhome)"


async def test_a_choice_is_kept_for_the_project_and_not_asked_for_again(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    person = Person(HOME, "Run once", "Run once", "Run once")
    client, uri = await editor(answer=person), step(tmp_path, GITHUB)
    assert (await run(client, uri, GITHUB))["returned"] == OAUTH
    assert json.loads(configuration_file().read_text())["chosen_accounts"] == {
        str(tmp_path.resolve()): {"github": "apn_githubhome"}
    }
    assert (await again(client, uri))["returned"] == OAUTH
    assert (await run(await editor(answer=person), uri, GITHUB))["returned"] == OAUTH
    assert person.asked[0] == "Which account of GitHub is pd.inputs['github'] in this run?"
    assert ["github (octo-home)" in asked for asked in person.asked] == [False, True, True, True]
    assert handed_out(sandbox) == ["apn_githubhome"] * 3


async def test_names_are_still_completed_after_a_choice(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client, uri = await editor(answer=Person(HOME, "Run once")), step(tmp_path, GITHUB)
    await run(client, uri, GITHUB)
    sandbox.close()
    position = open_marked(client, uri, 'def handler(pd):\n    pd.inputs["$0"]\n', 2)
    assert "slack_v2" in [item.label for item in (await complete_at(client, uri, position)).items]


async def test_a_choice_of_one_project_is_none_of_another(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    person = Person(HOME, "Run once", None)
    client = await editor(answer=person)
    for folder in (tmp_path / "one", tmp_path / "other"):
        folder.mkdir()
        await run(client, step(folder, GITHUB), GITHUB)
    assert [asked.startswith("Which account") for asked in person.asked] == [True, False, True]


async def test_who_does_not_choose_runs_nothing(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    client = await editor(answer=Person(None))
    assert await run(client, step(tmp_path, GITHUB), GITHUB) is None
    assert handed_out(sandbox) == []
    assert "chosen_accounts" not in json.loads(configuration_file().read_text())


async def test_a_choice_that_can_not_be_kept_counts_for_this_run(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    lock = configuration_file().with_name("config.json.lock")
    lock.unlink()
    lock.mkdir()
    client = await editor(answer=Person(HOME, "Run once"))
    assert (await run(client, step(tmp_path, GITHUB), GITHUB))["returned"] == OAUTH
    assert "can't be written" in client.shown[0]


async def test_an_account_that_workflow_yaml_names_is_taken_without_a_question(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    person = Person("Run once")
    client, uri = await editor(answer=person), named(tmp_path, "github", "apn_githubhome")
    assert (await run(client, uri, GITHUB))["returned"] == OAUTH
    assert "github (octo-home)" in person.asked[0]


async def test_the_account_of_somebody_else_is_not_fetched_and_the_persons_own_is_said_to_be_taken(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    person = Person("Run once")
    client, uri = await editor(answer=person), named(tmp_path, "spotify", "apn_spotifycolleague")
    result = await run(client, uri, READS.format("spotify"))
    assert result["outcome"] == "succeeded"
    assert handed_out(sandbox) == ["apn_spotifylate"]
    assert "spotify (team@example.com)" in person.asked[0]
    assert "names the account apn_spotifycolleague for spotify, which is not among yours" in notices(client.output)


async def test_where_that_could_mean_several_the_person_is_asked(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    person = Person(HOME, "Run once")
    client, uri = await editor(answer=person), named(tmp_path, "github", "apn_githubcolleague")
    assert (await run(client, uri, GITHUB))["returned"] == OAUTH
    assert person.asked[0].startswith("Which account of GitHub")
    assert handed_out(sandbox) == ["apn_githubhome"]


async def test_production_is_refused_without_the_persons_list_and_nobody_is_asked(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox, environment="production")
    person, text = Person(), READS.format("openai")
    client = await editor(answer=person)
    assert await run(client, step(tmp_path, text), text) is None
    assert "allow it in a terminal with `pd-lsp accounts production apn_openaiprod`" in client.shown[0]
    assert person.asked == []
    assert handed_out(sandbox) == []


async def test_production_is_asked_about_with_it(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox, environment="production")
    person, text = Person("Cancel", "Run once"), READS.format("openai")
    client, uri = await editor(answer=person), step(tmp_path, text)
    assert await run(client, uri, text) is None
    change_configuration(lambda document: document.update(production_accounts=["apn_openaiprod"]))
    assert await again(client, uri) is None
    assert handed_out(sandbox) == []
    assert (await again(client, uri))["returned"] == ["api_key"]
    assert all("Environment: PRODUCTION." in asked for asked in person.asked)
    assert handed_out(sandbox) == ["apn_openaiprod"]


async def test_a_file_of_the_folder_can_not_allow_production(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox, environment="production")
    for name in ("config.json", "pd-lsp.json", ".pd-lsp/config.json", ".vscode/settings.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text('{"accounts": [], "production_accounts": ["apn_openaiprod"]}')
    text = READS.format("openai")
    client = await editor()
    assert await run(client, step(tmp_path, text), text) is None
    assert "is one of production" in client.shown[0]


async def test_a_dead_account_is_refused_before_anybody_is_asked(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    person = Person()
    client, uri = await editor(answer=person), named(tmp_path, "airtable_oauth", "apn_airtableold")
    assert await run(client, uri, READS.format("airtable_oauth")) is None
    [said] = client.shown
    assert said == (
        "The Airtable account “Bases (revoked)” is dead: connect it again and refresh the accounts, or choose another "
        "one: Bases (apn_airtable1)."
    )
    assert person.asked == []


async def test_of_a_dead_and_a_living_account_the_living_one_is_taken(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    text = READS.format("airtable_oauth")
    client = await editor(answer=Person("Run once"))
    assert (await run(client, step(tmp_path, text), text))["outcome"] == "succeeded"
    assert handed_out(sandbox) == ["apn_airtable1"]


async def test_an_unhealthy_account_runs_and_that_is_said(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    text = READS.format("linear_app")
    client = await editor()
    assert (await run(client, step(tmp_path, text), text))["returned"] == ["api_key"]
    assert "The Linear (API key) account “Team key” is unhealthy: its last renewal failed." in notices(client.output)


async def test_a_token_that_can_not_be_read_is_known_from_then_on(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    text = READS.format("google_calendar")
    client, uri = await editor(), step(tmp_path, text)
    assert await run(client, uri, text) is None
    assert "connected through Pipedream's own OAuth client" in client.shown[0]
    hovered = lsp.HoverParams(lsp.TextDocumentIdentifier(uri=uri), lsp.Position(1, 30))
    assert "its token can't be read" in str(await client.text_document_hover_async(hovered))


FEWER = {
    "data": [
        {
            "id": "apn_slackv2team",
            "name": "Team workspace",
            "healthy": True,
            "dead": False,
            "app": {"name_slug": "slack_v2", "name": "Slack", "auth_type": "oauth"},
        }
    ],
    "page_info": {"total_count": 1, "count": 1},
}


async def test_the_keys_that_a_run_saw_are_completed_from_then_on(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    """The service lists four of them, and gives out six."""
    signed_in(sandbox)
    sandbox.fail(other_shape(FEWER), path="/v1/connect/*/accounts", times=None)
    keys = 'def handler(pd):\n    pd.inputs["slack_v2"]["$auth"]["$0"]\n'
    text = READS.format("slack_v2")
    client, uri = await editor(), step(tmp_path, text)
    await run(client, uri, text)
    for version in (2, 3):
        found = await complete_at(client, uri, open_marked(client, uri, keys, version))
        assert sorted(item.label for item in found.items) == sorted([*OAUTH, "bot_token", "base_url"])
    hovered = lsp.HoverParams(lsp.TextDocumentIdentifier(uri=uri), lsp.Position(1, 18))
    assert "Known from a run; these are all." in str(await client.text_document_hover_async(hovered))
    await client.leave()
    sandbox.close()
    client = await editor()
    found = await complete_at(client, uri, open_marked(client, uri, keys))
    assert "bot_token" in [item.label for item in found.items]


async def test_a_run_without_a_network_is_one_sentence(editor: StartEditor, tmp_path: Path, sandbox: Sandbox) -> None:
    signed_in(sandbox)
    sandbox.close()
    person, text = Person(), READS.format("slack_v2")
    client = await editor(answer=person)
    assert await run(client, step(tmp_path, text), text) is None
    [said] = client.shown
    assert "can't be reached" in said
    assert person.asked == []


async def test_a_run_that_needs_no_account_runs_without_a_network(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    sandbox.close()
    text = "def handler(pd):\n    return 1\n"
    client = await editor()
    assert (await run(client, step(tmp_path, text), text))["returned"] == 1


async def test_what_is_kept_here_runs_while_the_service_fails_and_what_is_missing_has_a_reason(
    editor: StartEditor, tmp_path: Path, sandbox: Sandbox
) -> None:
    signed_in(sandbox)
    values = {"api_key": {"command": ["printf", "made-up-key"]}}
    kept = {"app": "openai", "label": "default", "values": values}
    change_configuration(lambda document: document.update(local_accounts=[kept]))
    sandbox.fail(Fault(status=403), path="/v1/connect/*/accounts", times=None)
    client, text = await editor(), READS.format("openai")
    assert (await run(client, step(tmp_path, text), text))["returned"] == ["api_key"]
    await until(lambda: bool(client.shown))
    [said] = client.shown
    assert "scope connect:accounts:read" in said
    client.change((tmp_path / "step.py").as_uri(), GITHUB, 2)
    assert await again(client, (tmp_path / "step.py").as_uri()) is None
    assert client.shown[1].startswith('The step reads pd.inputs["github"], but no account of GitHub is connected')
    assert client.shown[1].endswith(f" Some accounts may be missing. {said}")
