"""What is typed into: steps of some length, with a key in their middle."""

from dataclasses import dataclass

from bench.documents import functions
from bench.peers.shapes import HEAD, KEY

_HANDLER = f"""
def handler(pd: "pipedream"):
    return pd.inputs["slack"]["$auth"]["{KEY}"]

"""
_REQUEST = """\
    answer_{number} = requests.get(f"https://slack.com/api/users.list?page={{total}}", timeout=20)
    answer_{number}.raise_for_status()
    if answer_{number}.status_code == 204:
        return {{"total": total}}
    total += len(answer_{number}.json().get("members", []))
"""
_SLACK = 'slack"]["$auth"]["'
_WRONG = 'openai"]["$auth"]["'
WRONG_KEY = "api_kye"
"""A key that the account of OpenAI does not have; of it, unlike of one that signs in with OAuth, all keys are known."""


@dataclass(frozen=True, slots=True)
class Place:
    """A text, and the key in it that is typed."""

    name: str
    before: str
    """What stands before the key."""
    after: str

    def text(self, key: str) -> str:
        """The whole text with `key` in its place."""
        return self.before + key + self.after

    @property
    def wrong(self) -> str:
        """The whole text with a key that is none."""
        return self.before.removesuffix(_SLACK) + _WRONG + WRONG_KEY + self.after

    def caret(self, key: str) -> tuple[int, int]:
        """Line and column behind `key`; all text here is ASCII."""
        before = self.before + key
        return before.count("\n"), len(before) - before.rfind("\n") - 1


def functions_of(lines: int) -> Place:
    """A step of functions like those that people write, with the handler in their middle."""
    each = functions(lines - HEAD.count("\n") - _HANDLER.count("\n"))
    half = len(each) // 2
    return _place(f"{lines:,} lines", "".join([HEAD, *each[:half], _HANDLER, *each[half:]]))


def one_function(lines: int) -> Place:
    """A step that is one long handler."""
    count = lines // _REQUEST.count("\n")
    each = [_REQUEST.format(number=number) for number in range(count)]
    token = f'    token = pd.inputs["slack"]["$auth"]["{KEY}"]\n'
    half = count // 2
    body = "".join([*each[:half], token, *each[half:]])
    text = f'{HEAD}def handler(pd: "pipedream"):\n    total = 0\n{body}    return {{"total": total, "token": token}}\n'
    return _place(f"{lines:,} lines, one function", text)


def _place(name: str, text: str) -> Place:
    before, key, after = text.rpartition(KEY) if text.count(KEY) == 1 else _at_handler(text)
    assert key == KEY
    return Place(name, before, after)


def _at_handler(text: str) -> tuple[str, str, str]:
    start = text.index(KEY, text.index("def handler("))
    return text[:start], KEY, text[start + len(KEY) :]


APPS = Place(
    "the list of apps", f'{HEAD}def handler(pd: "pipedream"):\n    account = pd.inputs["', '"]\n    return account\n'
)
