"""The values of one account, which can be handed on but not printed (D4)."""

import copy
from collections.abc import Mapping
from typing import NoReturn, final


@final
class Credentials:
    """The secret values of one account, for one run.

    They have no readable form: `repr`, `str` and formatting show names only; pickling, copying and JSON raise
    TypeError; two of them are equal only when they are the same object.
    """

    __slots__ = ("_source", "_values")

    def __init__(self, source: str, values: Mapping[str, object]) -> None:
        """`source` is the name that markers show, `"slack"`; `values` are the keys of `$auth` and what they hold."""
        self._source = source
        self._values = copy.deepcopy(dict(values))

    @property
    def source(self) -> str:
        """The name that stands for this account in markers, as `slack` in `slack.oauth_access_token`."""
        return self._source

    @property
    def names(self) -> tuple[str, ...]:
        """The keys of `$auth`, in the order the service gave them."""
        return tuple(self._values)

    def reveal(self) -> dict[str, object]:
        """A copy of the values: the one way out, meant for the pipe of a run (D12) and for `secrets_of`."""
        return copy.deepcopy(self._values)

    def __repr__(self) -> str:
        """The names, never a value."""
        return f"<Credentials of {self._source}: {', '.join(self._values) or 'no values'}>"

    def __format__(self, format_spec: str) -> str:
        """As `repr`, whatever the format asks for."""
        return repr(self)

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        """No pickle and no copy."""
        raise TypeError("Credentials can't be pickled or copied: they live in memory for one run (D4).")

    def __getstate__(self) -> NoReturn:
        """No state to take away."""
        self.__reduce_ex__(None)

    def __init_subclass__(cls) -> NoReturn:
        """No subclass that could show more."""
        raise TypeError("Credentials can't be subclassed.")
