"""Every setting of pd-lsp: what only the person may set, and what they chose (D7)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

API = "https://api.pipedream.com"


@dataclass(frozen=True, slots=True)
class ConnectProject:
    """A project of Pipedream Connect, and whose accounts in it are meant (docs/platform.md, section 4)."""

    project_id: str
    external_user_id: str
    environment: str = "development"
    url: str = API
    """Scheme, host and port of the API. Another one than Pipedream's own comes from the sandbox alone (D20)."""


@dataclass(frozen=True, slots=True)
class SandboxRun:
    """How the steps of a sandbox run reach the sandbox: as their HTTPS proxy, with its certificate authority."""

    proxy: str
    certificate: Path

    def process_environment(self) -> Mapping[str, str]:
        """The ordinary proxy and certificate variables, and an empty list of hosts that go round the proxy."""
        proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), self.proxy)
        certificates = dict.fromkeys(("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), str(self.certificate))
        return {**proxies, **certificates, "NO_PROXY": "", "no_proxy": ""}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a server or a command was started with. It comes from the person: no file of a folder sets any of it."""

    python: Path | None = None
    """The interpreter that steps run in; None: the one that pd-lsp runs in (D9)."""
    sandbox: SandboxRun | None = None
    """Set when accounts and apps are those of the sandbox."""
    step_folder_on_path: bool = False
    """Whether a step may import modules from its own folder, as it can't on the platform (D12)."""
    production: bool = False
    """Whether any account of the environment `production` may be run with: `--production` (D8)."""

    def as_arguments(self) -> tuple[str, ...]:
        """The options of a command that let a step run with the same accounts, interpreter and modules."""
        return (
            *(("--sandbox",) if self.sandbox else ()),
            *(("--python", str(self.python)) if self.python else ()),
            *(("--step-folder-on-path",) if self.step_folder_on_path else ()),
        )
