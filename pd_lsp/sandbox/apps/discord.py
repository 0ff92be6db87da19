"""discord.com/api, with or without a version."""

import re

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_VERSION = re.compile(r"/api(/v\d+)?")


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the API."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bot" or world.account("discord_bot", "bot_token", token) is None:
        return Answer(401, {"message": "401: Unauthorized", "code": 0})
    match request.method, _VERSION.sub("", request.path, count=1).split("/")[1:]:
        case "GET", ["users", "@me"]:
            return Answer(200, {"id": "1", "username": "helper-bot", "bot": True})
        case "POST", ["channels", channel, "messages"]:
            content = request.fields().get("content")
            if not content:
                return Answer(400, {"message": "Cannot send an empty message", "code": 50006})
            message = {"id": str(next(world.numbers)), "channel_id": channel, "content": content}
            world.kept[f"discord/{channel}"].append(message)
            return Answer(200, message)
        case _:
            return Answer(404, {"message": "404: Not Found", "code": 0})
