"""Whose accounts a folder uses, and where the keys come from."""

import pickle
from pathlib import Path

import pytest

from pd_lsp.accounts import ClientKey, sign_in_for
from pd_lsp.configuration import Configuration, ConfiguredProject
from pd_lsp.settings import API, ConnectProject

FOUR = {
    "PIPEDREAM_CLIENT_ID": "id",
    "PIPEDREAM_CLIENT_SECRET": "made-up-secret",
    "PIPEDREAM_PROJECT_ID": "proj_1",
    "PD_LSP_EXTERNAL_USER_ID": "me",
}
NOWHERE = Path("/elsewhere/step.py")


def configured(folder: str, project_id: str) -> ConfiguredProject:
    return ConfiguredProject(ConnectProject(project_id, "me"), "client", folder)


async def test_the_environment_names_project_and_key_for_every_folder() -> None:
    configuration = Configuration(projects=(configured("", "proj_other"),))
    sign_in = sign_in_for(NOWHERE, configuration, FOUR)
    assert sign_in.project == ConnectProject("proj_1", "me", "development", API)
    assert sign_in.client
    assert await sign_in.client.secret() == "made-up-secret"


@pytest.mark.parametrize("missing", ["PIPEDREAM_CLIENT_ID", "PIPEDREAM_PROJECT_ID", "PD_LSP_EXTERNAL_USER_ID"])
def test_without_one_of_these_the_environment_names_nobody(missing: str) -> None:
    environment = {name: value for name, value in FOUR.items() if name != missing}
    assert sign_in_for(NOWHERE, Configuration(), environment).project is None


def test_the_environment_can_not_name_another_host() -> None:
    sign_in = sign_in_for(NOWHERE, Configuration(), {**FOUR, "PIPEDREAM_BASE_URL": "https://elsewhere.example"})
    assert sign_in.project
    assert sign_in.project.url == API


def test_a_token_made_elsewhere_needs_no_client() -> None:
    environment = {**FOUR, "PIPEDREAM_CLIENT_ID": "", "PIPEDREAM_ACCESS_TOKEN": "made-elsewhere"}
    sign_in = sign_in_for(NOWHERE, Configuration(), environment)
    assert sign_in.client
    assert sign_in.client.access_token == "made-elsewhere"


@pytest.mark.parametrize(
    ("path", "project_id"),
    [("/flows/a/flow/step.py", "proj_a"), ("/flows/step.py", "proj_work"), ("/flows/ab/step.py", "proj_work")],
)
def test_the_nearest_configured_folder_counts(path: str, project_id: str) -> None:
    configuration = Configuration(
        projects=(configured("/flows", "proj_work"), configured("/flows/a", "proj_a"), configured("", "proj_any"))
    )
    sign_in = sign_in_for(Path(path), configuration, {})
    assert sign_in.project
    assert sign_in.project.project_id == project_id


def test_outside_of_all_of_them_the_project_for_every_folder_counts() -> None:
    configuration = Configuration(projects=(configured("/flows", "proj_work"), configured("", "proj_any")))
    sign_in = sign_in_for(NOWHERE, configuration, {})
    assert sign_in.project
    assert sign_in.project.project_id == "proj_any"


def test_a_client_key_is_neither_printed_nor_pickled() -> None:
    sign_in = sign_in_for(NOWHERE, Configuration(api_key=True), {**FOUR, "PIPEDREAM_API_KEY": "made-up-key"})
    for held in (ClientKey("id", "made-up-secret"), sign_in.client, sign_in.api_key):
        assert "made-up" not in f"{held} {held!r}"
        with pytest.raises(TypeError):
            pickle.dumps(held)
