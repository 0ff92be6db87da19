"""Five invented accounts with three values each, of the kinds that real ones have, and texts to look for them in."""

import base64
import itertools
import json
import random
import string
from collections.abc import Callable, Iterator

from pd_lsp.credentials import Credentials, Redactor, secrets_of

_TOKEN = string.ascii_letters + string.digits
_HEX = "0123456789abcdef"
_LINES = (
    "the order was sent to the customer and processed in time",
    "fetched page of items from the queue with no errors found",
    "retry of request after response status was not ok",
    "user wrote a message to the channel and the total amount was updated",
)


class Texts:
    """Output of steps, `size` bytes of each kind; the same every time."""

    def __init__(self, size: int) -> None:
        """`size` in bytes."""
        self._size = size
        self._random = random.Random(7)  # noqa: S311 - nothing here is secret
        accounts = _accounts(self._random)
        self.secrets = tuple(secret for account in accounts for secret in secrets_of(account))
        self.redactor = Redactor(self.secrets)
        self._values = [secret.value for secret in self.secrets if secret.only_after is None]

    def kinds(self) -> dict[str, Callable[[], bytes]]:
        """What makes each text, by its name: ordinary lines first, then the worst that we know of."""
        return {
            "ordinary lines": self.ordinary,
            "a credential in every tenth line": self._with_credentials,
            "JSON with identifiers": self._json,
            "lines with colours": self._coloured,
            "beginnings of credentials": self._beginnings,
            "beginnings of credentials in base64": self._encoded_beginnings,
            "base64 in lines": lambda: base64.encodebytes(self._random.randbytes(self._size * 3 // 4)),
            "one line": lambda: base64.b64encode(self._random.randbytes(self._size * 3 // 4)),
            "bytes of any kind": lambda: self._random.randbytes(self._size),
            "only a": lambda: b"a" * self._size,
            "only line ends": lambda: b"\n" * self._size,
        }

    def ordinary(self) -> bytes:
        """Lines as programs log them."""
        lines = (
            f"2026-11-30T12:{number % 60:02}:{number * 7 % 60:02}Z INFO {self._random.choice(_LINES)} "
            f"id={number} took={self._random.random():.3f}s\n"
            for number in itertools.count()
        )
        return self._filled(lines)

    def _with_credentials(self) -> bytes:
        lines = self.ordinary().splitlines(keepends=True)
        for number in range(0, len(lines), 10):
            lines[number] = b"token=%b %b" % (self._random.choice(self._values).encode(), lines[number])
        return b"".join(lines)[: self._size]

    def _json(self) -> bytes:
        records = (
            json.dumps({"id": self._token(12), "email": f"{self._token(6)}@example.com", "n": number, "ok": True})
            + "\n"
            for number in itertools.count()
        )
        return self._filled(records)

    def _coloured(self) -> bytes:
        lines = self.ordinary().splitlines(keepends=True)
        return b"".join(b"\x1b[32m%b\x1b[0m%b" % (line[:20], line[20:]) for line in lines)[: self._size]

    def _beginnings(self) -> bytes:
        begun = [value[:length] for value in self._values for length in (4, 7, 12, 20, 30)]
        return self._filled(f"{self._random.choice(begun)} " for _ in itertools.count())

    def _encoded_beginnings(self) -> bytes:
        encoded = [base64.b64encode(value.encode())[:length].decode() for value in self._values for length in (32, 60)]
        return self._filled(f"{self._random.choice(encoded)}\n" for _ in itertools.count())

    def _filled(self, parts: Iterator[str]) -> bytes:
        taken, length = [], 0
        for part in parts:
            taken.append(part)
            length += len(part)
            if length >= self._size:
                break
        return "".join(taken).encode()[: self._size]

    def _token(self, length: int) -> str:
        return _token(self._random, length)


def _accounts(chance: random.Random) -> list[Credentials]:
    service_account = {
        "type": "service_account",
        "project_id": "invented-17",
        "private_key_id": _token(chance, 40, _HEX),
        "private_key": _pem(chance),
        "client_email": "robot@invented-17.iam.example",
    }
    return [
        Credentials(
            "slack",
            {
                "oauth_access_token": f"xoxb-{_token(chance, 12, string.digits)}-{_token(chance, 24)}",
                "oauth_refresh_token": f"xoxe-1-{_token(chance, 140)}",
                "oauth_uid": _token(chance, 11, string.ascii_uppercase),
            },
        ),
        Credentials(
            "github",
            {
                "oauth_access_token": f"gho_{_token(chance, 36)}",
                "oauth_uid": _token(chance, 8, string.digits),
                "webhook_secret": _token(chance, 32),
            },
        ),
        Credentials(
            "google",
            {
                "client_email": "robot@invented-18.iam.example",
                "private_key": _pem(chance),
                "key_json": json.dumps(service_account),
            },
        ),
        Credentials(
            "mysql",
            {
                "host": "db.internal.invented.example",
                "password": f"p%q\"7'{_token(chance, 18)}",
                "username": "reporting_user",
            },
        ),
        Credentials(
            "openai",
            {
                "api_key": f"sk-proj-{_token(chance, 120)}",
                "organization": f"org-{_token(chance, 24)}",
                "jwt": f"eyJ{_token(chance, 33)}.eyJ{_token(chance, 161)}.{_token(chance, 43)}",
            },
        ),
    ]


def _pem(chance: random.Random) -> str:
    body = base64.b64encode(chance.randbytes(1200)).decode()
    lines = (body[start : start + 64] for start in range(0, len(body), 64))
    return "-----BEGIN PRIVATE KEY-----\n" + "\n".join(lines) + "\n-----END PRIVATE KEY-----\n"


def _token(chance: random.Random, length: int, letters: str = _TOKEN) -> str:
    return "".join(chance.choices(letters, k=length))
