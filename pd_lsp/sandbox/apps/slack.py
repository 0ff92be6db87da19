"""slack.com/api: every answer has status 200, and `ok` says whether it worked."""

from pd_lsp.sandbox.exchange import Answer, Request
from pd_lsp.sandbox.world import World

_CHANNELS = (
    {"id": "C0GENERAL", "name": "general", "is_channel": True, "is_archived": False},
    {"id": "C0RANDOM", "name": "random", "is_channel": True, "is_archived": False},
)
_KEYS = (("slack", "oauth_access_token"), ("slack_v2", "oauth_access_token"), ("slack_v2", "bot_token"))


def answer(request: Request, world: World) -> Answer:
    """The answer to one call of a Web API method."""
    fields = {**request.query, **request.fields()}
    token = request.bearer or str(fields.get("token", ""))
    if not token:
        return _refused("not_authed")
    if not any(world.account(app, key, token) for app, key in _KEYS):
        return _refused("invalid_auth")
    match request.path.removeprefix("/api/").rstrip("/"):
        case "auth.test":
            return _done(
                url="https://sandbox.slack.com/", team="Sandbox", user="sandy", team_id="T0SANDBOX", user_id="U0SANDY"
            )
        case "users.profile.get":
            return _done(profile={"real_name": "Sandy Box", "display_name": "sandy", "email": "sandy@example.com"})
        case "conversations.list":
            return _done(channels=list(_CHANNELS), response_metadata={"next_cursor": ""})
        case "chat.postMessage":
            return _post(fields, world)
        case _:
            return _refused("unknown_method")


def _post(fields: dict[str, object], world: World) -> Answer:
    wanted = str(fields.get("channel", "")).removeprefix("#")
    channel = next((one for one in _CHANNELS if wanted in (one["id"], one["name"])), None)
    if channel is None:
        return _refused("channel_not_found")
    if not fields.get("text") and not fields.get("blocks"):
        return _refused("no_text")
    number = next(world.numbers)
    message = {"type": "message", "user": "U0SANDY", "text": fields.get("text", ""), "ts": f"1767600000.{number:06}"}
    world.keep(f"slack/{channel['id']}", message)
    return _done(channel=channel["id"], ts=message["ts"], message=message)


def _done(**document: object) -> Answer:
    return Answer(200, {"ok": True, **document})


def _refused(error: str) -> Answer:
    return Answer(200, {"ok": False, "error": error})
