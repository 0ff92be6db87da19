"""The older API, as it is asked with a user's key (docs/platform.md, section 3)."""

from collections.abc import Mapping
from typing import Any

from pd_lsp.accounts.api_client import ApiClient
from pd_lsp.accounts.provider import ForbiddenError, RejectedKeyError
from pd_lsp.accounts.sign_in import HeldSecret


class LegacyApi:
    """Reads with one key at one host."""

    def __init__(self, key: HeldSecret, client: ApiClient, instead: str) -> None:
        """`instead` says what to do where the key may not read something; nobody is asked yet."""
        self.key = key
        self.client = client
        self._instead = instead
        self._rejected = False
        """Set once the service has refused the key: nobody is asked again until the person acts (D22)."""

    async def get(self, path: str, query: Mapping[str, str], *, tries: int = 3) -> Mapping[str, Any]:
        """As `ApiClient.get`, signed in. Raises AccountsError."""
        if self._rejected:
            raise self._refused()
        headers = {"authorization": f"Bearer {await self.key.word()}"}
        try:
            return await self.client.get(path, query, headers, tries=tries)
        except RejectedKeyError:
            self._rejected = True
            raise self._refused() from None
        except ForbiddenError:
            raise ForbiddenError(
                f"A user API key may not read that in Pipedream's older API: {self._instead}"
            ) from None

    def _refused(self) -> RejectedKeyError:
        return RejectedKeyError(self.key.refused("pd-lsp login --api-key"))
