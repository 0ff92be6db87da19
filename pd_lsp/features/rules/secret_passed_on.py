"""A secret in what a step returns or exports.

Return values and exports are kept in the history of the workflow, and every later step gets them. A later step that
needs the account reads it by `pd.inputs` itself.

Wrong:

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        return {"headers": {"Authorization": f"Bearer {token}"}}

Right:

    import requests

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        return requests.get("https://slack.com/api/users.profile.get", headers=headers, timeout=30).json()
"""

from collections.abc import Iterator

from pd_lsp.features.rules.given_on import given_on
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.secret_values import secrets_among
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for secret in secrets_among(snapshot, given_on(snapshot)):
        message = f"This keeps {secret.name!r} in the history of the workflow, and gives it to every later step."
        yield Finding(secret.node.range, message)


RULE = Rule("secret-passed-on", "warning", _find)
