import pickle

import pytest

from pd_lsp.accounts import ClientKey
from pd_lsp.accounts.sign_in import sign_in_from

FOUR = {
    "PIPEDREAM_CLIENT_ID": "id",
    "PIPEDREAM_CLIENT_SECRET": "made-up-secret",
    "PIPEDREAM_PROJECT_ID": "proj_1",
    "PD_LSP_EXTERNAL_USER_ID": "me",
}


def test_the_key_comes_from_the_environment_and_is_taken_out_of_it() -> None:
    environment = {**FOUR, "PATH": "/bin", "PIPEDREAM_BASE_URL": "https://elsewhere.example"}
    signed_in = sign_in_from(environment)
    assert signed_in
    project, key = signed_in
    assert (project.project_id, project.external_user_id, project.environment) == ("proj_1", "me", "development")
    assert project.url == "https://api.pipedream.com"
    assert key.client_secret == "made-up-secret"
    assert environment == {"PATH": "/bin", "PD_LSP_EXTERNAL_USER_ID": "me"}


@pytest.mark.parametrize("missing", FOUR)
def test_without_one_of_the_four_nobody_is_signed_in(missing: str) -> None:
    assert sign_in_from({name: value for name, value in FOUR.items() if name != missing}) is None


def test_a_client_key_is_neither_printed_nor_pickled() -> None:
    key = ClientKey("id", "made-up-secret")
    assert "made-up-secret" not in f"{key} {key!r}"
    with pytest.raises(TypeError):
        pickle.dumps(key)
