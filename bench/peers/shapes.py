"""The ways in which a key is half typed: where the caret stands, and what an accepted key may turn the place into.

In each text `$0` is the caret, and `«…»` is around what belongs to the key: its brackets, its quotes and itself.
"""

from dataclasses import dataclass

KEY = "oauth_access_token"
HEAD = """\
import requests
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pd_types import pipedream


"""
"""What a step begins with: the peers find the stub of `pd` in it, and `pd-lsp` does not read it."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A way to be half typed."""

    name: str
    code: str

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return self.marked.replace("$0", "")

    @property
    def caret(self) -> int:
        """Where the caret stands in it."""
        return self.marked.index("$0")

    @property
    def before(self) -> str:
        """What stands before the key's place."""
        return HEAD + self.code.partition("«")[0]

    @property
    def after(self) -> str:
        """What stands behind it."""
        return self.code.partition("»")[2]

    @property
    def place(self) -> str:
        """What stands there."""
        return self.code.partition("«")[2].partition("»")[0].replace("$0", "")

    @property
    def marked(self) -> str:
        """The text with its caret."""
        return HEAD + self.code.replace("«", "").replace("»", "")


def _in_handler(name: str, *lines: str) -> Shape:
    body = "\n".join(f"    {line}" if line else "" for line in lines)
    return Shape(name, f'def handler(pd: "pipedream"):\n{body}\n')


_HELPER = """\
def headers(auth):
    return {"Authorization": auth«["$0"]»}


def handler(pd: "pipedream"):
    requests.get("https://slack.com/api/auth.test", headers=headers(pd.inputs["slack"]["$auth"]), timeout=20)
"""
_CLASS = """\
class Slack:
    def __init__(self, pd: "pipedream"):
        self.pd = pd

    def token(self):
        return self.pd.inputs["slack"]["$auth"]«["$0"]»


def handler(pd: "pipedream"):
    return Slack(pd).token()
"""
SHAPES = (
    _in_handler("plain, in an auto-closed pair", 'token = pd.inputs["slack"]["$auth"]«["$0"]»', "return token"),
    _in_handler("f'…' with \"", 'text = f\'Bearer {pd.inputs["slack"]["$auth"]«["$0"]»}\'', "return text"),
    _in_handler('f"…" with \'', "text = f\"Bearer {pd.inputs['slack']['$auth']«['$0']»}\"", "return text"),
    _in_handler(
        'f"""…""" with "', 'text = f"""Bearer', '{pd.inputs["slack"]["$auth"]«["$0"]»}', 'and more"""', "return text"
    ),
    _in_handler('f"…" with " (3.12)', 'text = f"Bearer {pd.inputs["slack"]["$auth"]«["$0"]»}"', "return text"),
    _in_handler("no closing quote", 'token = pd.inputs["slack"]["$auth"]«["oauth_$0»', "return token"),
    _in_handler("no closing bracket", 'token = pd.inputs["slack"]["$auth"]«["oauth_$0"»', "return token"),
    _in_handler("no quotes", 'token = pd.inputs["slack"]["$auth"]«[$0]»', "return token"),
    _in_handler("caret in mid key", 'token = pd.inputs["slack"]["$auth"]«["oauth_$0uid"]»', "return token"),
    _in_handler("another key there", 'token = pd.inputs["slack"]["$auth"]«["$0oauth_uid"]»', "return token"),
    _in_handler(".get", 'token = pd.inputs["slack"]["$auth"].get«("$0")»', "return token"),
    _in_handler("alias of the app", 'slack = pd.inputs["slack"]', 'return slack["$auth"]«["$0"]»'),
    _in_handler("alias of $auth", 'auth = pd.inputs["slack"]["$auth"]', 'return auth«["$0"]»'),
    _in_handler("walrus", 'if auth := pd.inputs["slack"]["$auth"]:', '    return auth«["$0"]»'),
    Shape("a helper's parameter", _HELPER),
    Shape("a class that keeps pd", _CLASS),
    _in_handler(
        "continuation lines",
        "token = (",
        '    pd.inputs["slack"]',
        '    ["$auth"]',
        '    «["$0"]»',
        ")",
        "return token",
    ),
    _in_handler(
        "in a call, errors elsewhere",
        'url = "https://slack.com/api/" +',
        'answer = requests.post(url, headers={"Authorization": pd.inputs["slack"]["$auth"]«["$0"]»}, json=)',
        "for item in",
        "return answer.",
    ),
)
