"""Where a secret comes from: the environment, a command that prints it, the keyring, in this order (D1)."""

from collections.abc import Collection, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Literal, NoReturn, TypeAlias, final

from pd_lsp.accounts.keyring_entry import keyring_name_async, read_entry_async
from pd_lsp.accounts.program import program_name
from pd_lsp.accounts.secret_command import printed_by
from pd_lsp.accounts.secret_errors import KeyringError, NoKeyringError, NoSecretError, SecretError

Link: TypeAlias = Literal["environment", "command", "keyring"]


@dataclass(frozen=True)
class SecretSource:
    """The places where one secret may be; those that are empty or None are passed over."""

    environment_names: tuple[str, ...] = ()
    """Names of variables, of which the first that is set and not empty counts."""
    command: tuple[str, ...] | None = None
    """A program and its arguments, never a line for a shell; see `secret_command` for what it may print."""
    keyring_name: str | None = None
    """The name of the entry in the keyring."""
    kept_by: str = "pd-lsp login"
    """The command of ours that puts it there."""
    name: str = ""
    """What a message calls it; empty: the first variable, or the entry."""


@final
class FoundSecret:
    """A secret, and where it was. It can be used, but not printed, copied, compared or stored (D4)."""

    __slots__ = ("detail", "link", "problems", "value")

    def __init__(self, value: str, link: Link, detail: str, problems: tuple[SecretError, ...] = ()) -> None:
        """`detail` is the name of the variable, the program or the keyring; `problems` are the links that failed."""
        self.value = value
        self.link = link
        self.detail = detail
        self.problems = problems

    def __repr__(self) -> str:
        """Where it was, never the value."""
        return f"<FoundSecret from {self.link}: {self.detail}>"

    def __format__(self, format_spec: str) -> str:
        """As `repr`, whatever the format asks for."""
        return repr(self)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """No pickle and no copy."""
        raise TypeError("A secret stays in the memory of the process that read it.")

    def __getstate__(self) -> NoReturn:
        """No state to take away."""
        self.__reduce_ex__(None)

    def __init_subclass__(cls) -> NoReturn:
        """No subclass that could show more."""
        raise TypeError("FoundSecret can't be subclassed.")


async def find_secret(source: SecretSource, environment: Mapping[str, str]) -> FoundSecret:
    """The secret, from the first place that has it; `environment` is what `take_environment` has taken.

    A place that fails (a command that ends badly, a locked keyring) is passed by and told in `FoundSecret.problems`.
    Raises NoSecretError where no place has it; the message names those that failed, and the ways out.
    """
    for name in source.environment_names:
        if value := environment.get(name):
            return FoundSecret(value, "environment", name)
    problems: tuple[SecretError, ...] = ()
    if source.command:
        try:
            return FoundSecret(await printed_by(source.command), "command", program_name(source.command))
        except SecretError as error:
            problems = (*problems, error)
    if source.keyring_name:
        try:
            keyring = await keyring_name_async() or ""
            if value := await read_entry_async(source.keyring_name):
                return FoundSecret(value, "keyring", keyring, problems)
        except SecretError as error:
            problems = (*problems, error)
    raise NoSecretError(_not_found(source, problems), problems)


def take_environment(environment: MutableMapping[str, str], names: Collection[str] = ()) -> dict[str, str]:
    """Takes every `PIPEDREAM_*` variable, and those of `names`, out of `environment`: no process inherits them (D2)."""
    taken = [name for name in environment if name.startswith("PIPEDREAM_") or name in names]
    return {name: environment.pop(name) for name in taken}


def _not_found(source: SecretSource, problems: tuple[SecretError, ...]) -> str:
    name = source.name or next(iter(source.environment_names), source.keyring_name or "The secret")
    failed = "; ".join(problem.what[0].lower() + problem.what[1:] for problem in problems)
    return f"{name} was not found{f' ({failed})' * bool(failed)}: {', or '.join(_ways_out(source, problems))}."


def _ways_out(source: SecretSource, problems: tuple[SecretError, ...]) -> Iterator[str]:
    if source.environment_names:
        yield f"set {source.environment_names[0] if source.name else 'it'} in the environment"
    yield "repair that command" if source.command else "name a command that prints it"
    failed = [problem for problem in problems if isinstance(problem, KeyringError)]
    if failed and not isinstance(failed[0], NoKeyringError):
        yield "unlock the keyring and try again"
    elif source.keyring_name and not failed:
        yield f"keep it in the keyring with `{source.kept_by}`"
