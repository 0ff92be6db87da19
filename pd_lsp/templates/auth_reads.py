"""How generated code reads keys of `$auth`, and how it writes the texts that hold their values."""

import keyword
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pd_lsp.model import AppSlug
from pd_lsp.syntax.literal import string_content

_PARTS = re.compile(r"(\{[^{}]*\})")
_PLAIN_KEY = re.compile(r"[\w-]+")
_TAKEN = frozenset({"pd", "requests", "response", "auth", "headers", "params", "body"})


@dataclass(frozen=True, slots=True)
class AuthReads:
    """The lines that read the keys, and the expression that each one is from there on."""

    lines: tuple[str, ...]
    expressions: Mapping[str, str]

    def text(self, template: str) -> str:
        """The expression for a text with `{key}` in it: a name, a literal, or an f-string where one is needed."""
        parts = [part for part in _PARTS.split(template) if part]
        keys = [part[1:-1] for part in parts if part[1:-1] in self.expressions and part.startswith("{")]
        if not keys:
            return literal(template)
        if len(parts) == 1:
            return self.expressions[keys[0]]
        if all(_PLAIN_KEY.fullmatch(key) for key in keys):
            return 'f"' + "".join(map(self._part, parts)) + '"'
        return " + ".join(self.expressions.get(part[1:-1], literal(part)) for part in parts)

    def _part(self, part: str) -> str:
        """A part of an f-string, which older Pythons end at the first quote of its own kind."""
        expression = self.expressions.get(part[1:-1]) if part.startswith("{") else None
        if expression is None:
            return string_content(part, '"').replace("{", "{{").replace("}", "}}")
        return "{" + expression.replace('"', "'") + "}"


def auth_reads(app: AppSlug, keys: Iterable[str]) -> AuthReads:
    """How code reads `keys` of the account of `app`: one into a variable of its own, more by an alias of `$auth`."""
    distinct = list(dict.fromkeys(keys))
    account = f'pd.inputs[{literal(app)}]["$auth"]'
    match distinct:
        case []:
            return AuthReads((), {})
        case [key]:
            name = _variable(key)
            return AuthReads((f"{name} = {account}[{literal(key)}]",), {key: name})
        case _:
            return AuthReads((f"auth = {account}",), {key: f"auth[{literal(key)}]" for key in distinct})


def literal(text: str) -> str:
    """`text` as a Python string between double quotes."""
    return '"' + string_content(text, '"') + '"'


def _variable(key: str) -> str:
    name = "token" if key == "oauth_access_token" else re.sub(r"\W+", "_", key, flags=re.ASCII).strip("_").lower()
    usable = name.isidentifier() and not keyword.iskeyword(name) and name not in _TAKEN
    return name if usable else "credential"
