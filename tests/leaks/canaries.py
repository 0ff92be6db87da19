"""Secret values that are made up anew for each file of tests, in fourteen shapes that real ones have.

Whatever holds eight characters in a row of one of them has let a secret out. What is the same in every secret of its
shape (`-----BEGIN PRIVATE KEY-----`, the head of a JWT) is public, and is no hit.
"""

import base64
import json
import random
import string
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Expected: TypeAlias = Literal["never shown", "no word of its own", "shown away from its key"]
"""What D14 promises of a value: most are blanked wherever they stand; one of four to seven characters where it is a
whole word; a common word only right beside its key."""

_LETTERS = string.ascii_letters + string.digits
_BEGIN, _END = "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----"
_JWT_HEAD = base64.urlsafe_b64encode(b'{"alg":"HS256","typ":"JWT"}').decode().rstrip("=")
_COMMON_WORD = "production"


@dataclass(frozen=True)
class Canary:
    """One value, and what is promised of it."""

    shape: str
    value: str
    public: tuple[str, ...] = ()
    """Parts that are the same in every value of this shape."""
    expected: Expected = "never shown"
    planted: str = ""
    """Where: `account`, `.env`, `client secret`, … A hit names it, because it tells who let the value out."""

    @property
    def name(self) -> str:
        """What stands in its place wherever a hit is shown."""
        return f"‹{self.planted}: {self.shape}›"

    def __repr__(self) -> str:
        """The name: what pytest shows of a failure is text that leaves, too."""
        return self.name


def fourteen_shapes(planted: str, chance: random.Random) -> dict[str, Canary]:
    """One canary of each shape, by a name that can be a key of `$auth` or a variable."""
    made = _Maker(chance)
    slack = f"xoxb-{made.digits(7)}-{made.digits(7)}-{made.letters(24)}"
    values = {
        "SLACK": Canary("Slack token", slack),
        "GITHUB": Canary("GitHub token", f"ghp_{made.letters(36)}"),
        "JWT": Canary("JWT", f"{_JWT_HEAD}.{made.letters(43)}.{made.letters(43)}", public=(_JWT_HEAD,)),
        "PEM": Canary("PEM key", made.pem(), public=_PEM_PUBLIC),
        "SERVICE_ACCOUNT": made.service_account(),
        "QUOTES": Canary("quotes and percent signs", made.between("\"'%20'%\"\\%25&<>$`")),
        "NON_ASCII": Canary("non-ASCII", made.between("äß漢ﬁ🔑é")),
        "URL": Canary("URL", f"https://bot:{made.letters(20)}@db.example.com:5432/main", public=_URL_PUBLIC),
        "LONG": Canary("16 kB", made.letters(16_384)),
        "TWELVE": Canary("12 characters", made.letters(12)),
        "FOUR": Canary("4 characters", made.four(), expected="no word of its own"),
        "COMMON": Canary("common word", _COMMON_WORD, expected="shown away from its key"),
        "CONTAINS": Canary("contains another", f"{made.letters(9)}~{slack}~{made.letters(9)}"),
        "BLANKS": Canary("blanks and line ends", f" {made.letters(9)}\t{made.letters(10)}\r\n {made.letters(11)}  "),
    }
    return {name: _planted(canary, planted) for name, canary in values.items()}


def one_word(planted: str, chance: random.Random) -> Canary:
    """A key that fits into a header."""
    return Canary("key", f"pd_{_Maker(chance).letters(40)}", planted=planted)


def values_of(canaries: Mapping[str, Canary]) -> dict[str, str]:
    """The values alone, to plant them."""
    return {name: canary.value for name, canary in canaries.items()}


_PEM_PUBLIC = (f"{_BEGIN}\n", f"\n{_END}\n", f"{_BEGIN}\\n", f"\\n{_END}\\n")
_URL_PUBLIC = ("https://bot:", "@db.example.com:5432/main")


def _planted(canary: Canary, planted: str) -> Canary:
    return Canary(canary.shape, canary.value, canary.public, canary.expected, planted)


class _Maker:
    """Makes values; what is fixed in them is shorter than eight characters, or public."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def letters(self, count: int) -> str:
        return "".join(self._chance.choices(_LETTERS, k=count))

    def digits(self, count: int) -> str:
        return "".join(self._chance.choices(string.digits, k=count))

    def four(self) -> str:
        """Never an English word, a number or a hexadecimal one."""
        return (
            f"{self._chance.choice('QXZJ')}{self.digits(1)}{self._chance.choice('vwxz')}{self._chance.choice('GHKW')}"
        )

    def between(self, odd: str) -> str:
        """Each odd character after two letters."""
        return "".join(f"{self.letters(2)}{character}" for character in odd) + self.letters(2)

    def pem(self) -> str:
        lines = (self.letters(64) for _ in range(5))
        return "\n".join([_BEGIN, *lines, f"{self.letters(30)}==", _END, ""])

    def service_account(self) -> Canary:
        secret = {
            "project_id": f"p-{self.letters(12)}",
            "private_key_id": self.letters(40),
            "private_key": self.pem(),
            "client_email": f"{self.letters(12)}@{self.letters(12)}",
        }
        text = json.dumps({"type": "service_account", **secret, "token_uri": "https://oauth2.googleapis.com/token"})
        return Canary("service account", text, public=(*_around(text, secret), *_PEM_PUBLIC))


def _around(text: str, secret: Mapping[str, str]) -> tuple[str, ...]:
    """The pieces of a JSON text between its secret values."""
    pieces, at = [], 0
    for value in secret.values():
        written = json.dumps(value)[1:-1]
        start = text.index(written, at)
        pieces.append(text[at:start])
        at = start + len(written)
    return (*pieces, text[at:])
