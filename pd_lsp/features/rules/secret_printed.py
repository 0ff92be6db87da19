"""A secret that is printed.

What a step prints stays in the history of the workflow, for everybody who can see it. Print a part that identifies the
account, such as its name, or nothing.

Wrong:

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        print(f"Using {token}")

Right:

    def handler(pd: "pipedream"):
        token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
        print(f"Using a token of {len(token)} letters")
"""

from collections.abc import Iterator

from pd_lsp.features.rules.printed import printed
from pd_lsp.features.rules.rule import Finding, Rule
from pd_lsp.features.rules.secret_values import secrets_among
from pd_lsp.syntax.snapshot import Snapshot


def _find(snapshot: Snapshot) -> Iterator[Finding]:
    for secret in secrets_among(snapshot, printed(snapshot)):
        message = f"This writes {secret.name!r} into the history of the workflow, for everybody who can see it."
        yield Finding(secret.node.range, message)


RULE = Rule("secret-printed", "warning", _find)
