"""Which host is answered by what."""

from collections.abc import Callable

from pd_lsp.sandbox.apps import airtable, discord, github, gitlab, google, mastodon, notion, openai, slack, supabase
from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

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
    "sandboxproject.supabase.co": supabase.answer,
    "api.airtable.com": airtable.answer,
}


def refusal(host: str) -> str:
    """What a client hears that asks for another host."""
    return (
        f"The pd-lsp sandbox does not stand in for {host or 'that host'}; it knows {', '.join(HOSTS)}. "
        "Run the step without --sandbox to reach it."
    )
