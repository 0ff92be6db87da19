"""Which host is answered by what."""

import re
from collections.abc import Callable

from pd_lsp.sandbox.apps import (
    airtable,
    discord,
    github,
    gitlab,
    google,
    linear,
    mastodon,
    notion,
    openai,
    slack,
    spotify,
    supabase,
)
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

PIPEDREAM = "api.pipedream.com"
"""Answers through the proxy as it does without."""

HOSTS: dict[str, Callable[[Request, World], Answer]] = {
    "slack.com": slack.answer,
    "www.slack.com": slack.answer,
    "api.github.com": github.answer,
    "gitlab.com": gitlab.answer,
    "api.openai.com": openai.answer,
    "api.notion.com": notion.answer,
    "sheets.googleapis.com": google.answer,
    "www.googleapis.com": google.answer,
    "mastodon.social": mastodon.answer,
    "discord.com": discord.answer,
    "discordapp.com": discord.answer,
    "sandboxproject.supabase.co": supabase.answer,
    "api.airtable.com": airtable.answer,
    "api.linear.app": linear.answer,
    "api.spotify.com": spotify.answer,
}

_HOST = re.compile(r"[a-z0-9.:_-]{1,253}")


def knows(host: str) -> bool:
    """Whether the sandbox answers as `host`."""
    return host in HOSTS or host == PIPEDREAM


def ask_app(world: World, request: Request) -> Answer:
    """The answer of the app that the request's host stands for."""
    app = HOSTS.get(request.host)
    return app(request, world) if app else refusal(request.host)


def refusal(host: str) -> Answer:
    """What a client hears that asks for another host. Clients of a proxy often show the reason alone."""
    named = host if _HOST.fullmatch(host) else "that host"
    if knows(host):
        return _refusal(
            f"pd-lsp sandbox: {named} is answered on port 443 only", f"The pd-lsp sandbox is {named} on port 443 only."
        )
    return _refusal(
        f"pd-lsp sandbox does not stand in for {named}; run without --sandbox to reach it",
        f"The pd-lsp sandbox does not stand in for {named}; it knows {', '.join([*HOSTS, PIPEDREAM])}. "
        "Run without --sandbox to reach it.",
    )


def _refusal(reason: str, sentence: str) -> Answer:
    return Answer(403, {"error": sentence}, reason=reason)
