"""Where the key to the API comes from: the person's environment, under the names that Pipedream's own SDK reads."""

from collections.abc import MutableMapping
from typing import NoReturn

from pd_lsp.settings import ConnectProject


class ClientKey:
    """The id and secret of an OAuth client of Pipedream. It can be used, but not printed, copied or stored (D4)."""

    __slots__ = ("client_id", "client_secret")

    def __init__(self, client_id: str, client_secret: str) -> None:
        self.client_id = client_id
        self.client_secret = client_secret

    def __repr__(self) -> str:
        return "ClientKey(…)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("A client key stays in the memory of the process that read it.")


def sign_in_from(environment: MutableMapping[str, str]) -> tuple[ConnectProject, ClientKey] | None:
    """The project and key that `environment` names, or None where one of the four is missing.

    Every `PIPEDREAM_*` variable is taken out of `environment`, so that no process we start inherits one (D2).
    `PIPEDREAM_BASE_URL` is taken out like the others and changes nothing (D20).
    """
    named = {name: environment.pop(name) for name in [name for name in environment if name.startswith("PIPEDREAM_")]}
    user = environment.get("PD_LSP_EXTERNAL_USER_ID", "")
    client_id, secret = named.get("PIPEDREAM_CLIENT_ID", ""), named.get("PIPEDREAM_CLIENT_SECRET", "")
    project_id = named.get("PIPEDREAM_PROJECT_ID", "")
    if not (client_id and secret and project_id and user):
        return None
    project = ConnectProject(
        project_id=project_id,
        external_user_id=user,
        environment=named.get("PIPEDREAM_PROJECT_ENVIRONMENT", "development"),
    )
    return project, ClientKey(client_id, secret)
