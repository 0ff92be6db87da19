"""Stand-ins for keyrings, for what a real one can't be brought to do."""

from collections.abc import Callable
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer


class StandIn(KeyringBackend):
    """Answers what a test wants."""

    priority = 0.1

    def __init__(self, answer: Callable[[], str | None] = lambda: None) -> None:
        super().__init__()
        self.answer = answer
        self.deleted = 0

    def get_password(self, service: str, username: str) -> str | None:  # noqa: ARG002
        return self.answer()

    def set_password(self, service: str, username: str, password: str) -> None:  # noqa: ARG002
        self.answer()

    def delete_password(self, service: str, username: str) -> None:  # noqa: ARG002
        self.deleted += 1


class StandInForSecretService(StandIn):
    """Has the name of a keyring that is accepted."""


StandInForSecretService.__module__, StandInForSecretService.__qualname__ = "keyring.backends.SecretService", "Keyring"


class StandInForPlainText(StandIn):
    """Has the name of a keyring that another package brings."""


StandInForPlainText.__module__, StandInForPlainText.__qualname__ = "keyrings.alt.file", "PlaintextKeyring"


class StandInForChainer(chainer.ChainerBackend):
    """A chain of the stand-ins that a test names."""

    backends: ClassVar[list[StandIn]] = []


def choose(monkeypatch: pytest.MonkeyPatch, chosen: KeyringBackend) -> None:
    """Makes a keyring the one that the library has chosen."""
    monkeypatch.setattr(keyring.core, "_keyring_backend", chosen)


def raising(error: BaseException) -> Callable[[], None]:
    def answer() -> None:
        raise error

    return answer
