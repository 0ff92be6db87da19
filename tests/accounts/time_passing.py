"""Time of a test's own: it passes where somebody pauses, and not otherwise."""

from pd_lsp.accounts.api_client import Patience


class TimePassing:
    """A clock, and every pause that was made."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.pauses: list[float] = []
        self.chance = 0.5

    def patience(self, altogether: float = 30.0) -> Patience:
        """What a client is given; `altogether` is in real seconds, as nobody can pause a real network."""
        return Patience(self.clock, self._sleep, lambda: self.chance, altogether)

    def clock(self) -> float:
        return self.now

    async def _sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds
