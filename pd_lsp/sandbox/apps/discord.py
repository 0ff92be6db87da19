"""discord.com/api, with or without a version."""

import re

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_VERSION = re.compile(r"v\d+")
_LONGEST = 2000


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of the API."""
    scheme, token = request.authorization
    if scheme != "bot" or world.account("discord_bot", "bot_token", token) is None:
        return Answer(401, {"message": "401: Unauthorized", "code": 0})
    match request.method, [part for part in request.parts if not _VERSION.fullmatch(part)]:
        case "GET", ["api", "users", "@me"]:
            return Answer(200, {"id": "1", "username": "helper-bot", "discriminator": "0001", "bot": True})
        case "POST", ["api", "channels", channel, "messages"]:
            return _post(request, world, channel)
        case _:
            return Answer(404, {"message": "404: Not Found", "code": 0})


def _post(request: Request, world: World, channel: str) -> Answer:
    asked = request.fields()
    content = str(asked.get("content") or "")
    if not content and not asked.get("embeds"):
        return Answer(400, {"message": "Cannot send an empty message", "code": 50006})
    if len(content) > _LONGEST:
        error = {"code": "BASE_TYPE_MAX_LENGTH", "message": f"Must be {_LONGEST} or fewer in length."}
        return Answer(400, {"message": "Invalid Form Body", "code": 50035, "errors": {"content": {"_errors": [error]}}})
    message = {"id": str(next(world.numbers)), "channel_id": channel, "content": content, "type": 0}
    world.keep(f"discord/{channel}", message)
    return Answer(200, message)
