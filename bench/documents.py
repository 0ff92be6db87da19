"""What is typed into: the example steps, and a file of five thousand lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_KEY = '"]["$auth"]["'
_FUNCTION = '''
def handle_{number}(pd, items):
    """Sends the items of one page on."""
    total = 0
    for item in items:
        if item.get("state") != "open":
            continue
        headers = {{"Authorization": f"Bearer {{pd.inputs['slack']['$auth']['oauth_access_token']}}"}}
        response = requests.post(f"https://slack.com/api/{{item['method']}}", headers=headers, json=item, timeout=20)
        response.raise_for_status()
        total += len(response.json().get("messages", []))
    return {{"number": {number}, "total": total}}

'''


@dataclass(frozen=True, slots=True)
class Document:
    """A text, and the key in it that is typed anew."""

    name: str
    path: Path
    text: str
    start: int
    key: str

    def typed(self) -> Iterator[tuple[str, int, int]]:
        """For each keystroke of the key: the text, and the line and column of the caret (all text here is ASCII)."""
        rest = self.text[self.start + len(self.key) :]
        for count in range(1, len(self.key) + 1):
            before = self.text[: self.start] + self.key[:count]
            yield before + rest, before.count("\n"), len(before) - before.rfind("\n") - 1


def example_steps(examples: Path) -> list[Document]:
    """Every example step in which a key of `$auth` is written out."""
    found = []
    for path in sorted(examples.glob("*/*/*/entry.py")):
        text = path.read_text("utf-8")
        place = text.find(_KEY)
        if place >= 0 and text.isascii():
            start = place + len(_KEY)
            found.append(Document(path.parent.name, path, text, start, text[start : text.index('"', start)]))
    return found


def long_file(folder: Path, lines: int = 5000) -> Document:
    """A file of functions like those that people write, with a handler in its middle that is typed in."""
    each = functions(lines)
    handler = '\ndef handler(pd: "pipedream"):\n    return pd.inputs["slack"]["$auth"]["oauth_access_token"]\n\n'
    half = len(each) // 2
    text = "".join(["import requests\n\n", *each[:half], handler, *each[half:]])
    start = text.index(handler) + handler.index("oauth_access")
    return Document(f"{text.count(chr(10)):,} lines", folder / "long.py", text, start, "oauth_access_token")


def functions(lines: int) -> list[str]:
    """As many functions like those that people write as have `lines` lines."""
    return [_FUNCTION.format(number=number) for number in range(lines // _FUNCTION.count("\n"))]
