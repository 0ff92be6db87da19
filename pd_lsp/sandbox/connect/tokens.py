"""Connect tokens: each lets one external user connect one account (docs/platform.md, section 4.6)."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import urlencode

from pd_lsp.sandbox.accounts import timestamp
from pd_lsp.sandbox.answers import refused
from pd_lsp.sandbox.connect.token_requests import LONGEST_LIFE, mistake_in
from pd_lsp.sandbox.directory import SandboxApp
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.project import PROJECT, ExternalUser, Project

_LINK = "https://pipedream.com/_static/connect.html"


@dataclass(frozen=True, slots=True)
class ConnectToken:
    """A token, and what it was made for."""

    token: str
    environment: str
    external_user: str
    ends: datetime
    app: SandboxApp | None
    oauth_app_id: str | None
    success_redirect_uri: str | None
    error_redirect_uri: str | None

    @property
    def link(self) -> str:
        """Where the person connects the account."""
        return f"{_LINK}?{urlencode({'token': self.token, 'connectLink': 'true'})}"


def _now() -> datetime:
    return datetime.now(timezone.utc)


@dataclass(slots=True)
class ConnectTokens:
    """The tokens that were made and not used."""

    now: Callable[[], datetime] = _now
    _made: dict[str, ConnectToken] = field(default_factory=dict)

    def create(self, request: Request, project: Project, environment: str) -> Answer:
        """The answer to `POST …/tokens`."""
        asked = request.fields()
        wrong = mistake_in(asked, project)
        if wrong:
            return refused(wrong)
        made = ConnectToken(
            token=f"ctok_{secrets.token_hex(16)}",
            environment=environment,
            external_user=asked["external_user_id"],
            ends=self.now() + timedelta(seconds=asked.get("expires_in") or LONGEST_LIFE),
            app=project.app(asked["app_id"]) if asked.get("app_id") else None,
            oauth_app_id=asked.get("oauth_app_id"),
            success_redirect_uri=asked.get("success_redirect_uri"),
            error_redirect_uri=asked.get("error_redirect_uri"),
        )
        self._made[made.token] = made
        project.meet(ExternalUser(environment, made.external_user, timestamp(self.now())))
        return Answer(200, {"token": made.token, "expires_at": timestamp(made.ends), "connect_link_url": made.link})

    def find(self, token: Any) -> ConnectToken | None:
        """The token, if it was made, is not used and has not ended."""
        found = self._made.get(token) if isinstance(token, str) else None
        return found if found and found.ends > self.now() else None

    def use(self, token: ConnectToken) -> None:
        """Uses a token up."""
        self._made.pop(token.token, None)

    def forget(self, environment: str, external_user: str) -> None:
        """Ends the tokens of a user."""
        for token in list(self._made.values()):
            if (token.environment, token.external_user) == (environment, external_user):
                self.use(token)

    def validate(self, request: Request, project: Project, token: str) -> Answer:
        """The answer to `GET …/tokens/{ctok}/validate`. Says `success: false` and why, rather than failing."""
        found = self.find(token)
        if found is None:
            return Answer(200, {"success": False, "error": "The connect token is invalid, used or expired."})
        app, error = _asked_about(request, project, found)
        own = app.oauth_app_id if app else None
        return Answer(
            200,
            {
                "success": error is None,
                "error": error,
                "app": app.as_json() if app else None,
                "oauth_app_id": request.query.get("oauth_app_id") or found.oauth_app_id or own,
                "project_id": PROJECT,
                "project_app_name": "Sandbox",
                "project_environment": found.environment,
                "project_support_email": "support@example.com",
                "success_redirect_uri": found.success_redirect_uri,
                "error_redirect_uri": found.error_redirect_uri,
            },
        )


def _asked_about(request: Request, project: Project, token: ConnectToken) -> tuple[SandboxApp | None, str | None]:
    """The app that a token is validated for, and a sentence where the token does not do for it."""
    named, account_id = request.query.get("app_id"), request.query.get("account_id")
    account = project.account(token.environment, account_id) if account_id else None
    app = project.app(named) if named else token.app or (account.app if account else None)
    if app is None:
        return None, "The app is unknown." if named else "app_id is required"
    if account_id and (account is None or (account.app, account.external_user) != (app, token.external_user)):
        return app, "The account is not one of this app and user."
    return app, None
