import requests


class Discord:
    def __init__(self, pdm):
        self.token = f'{pdm.inputs["discord_bot"]["$auth"]["bot_token"]}'

    def say(self, channel, content):
        r = requests.post(
            f"https://discord.com/api/v10/channels/{channel}/messages",
            headers={"Authorization": f"Bot {self.token}"},
            json={"content": content},
            timeout=20,
        )
        r.raise_for_status()
        return r.json()["id"]


def handler(pdm: "pipedream"):
    lines = [f'#{issue["number"]} {issue["title"]}' for issue in pdm.steps["new_only"]["$return_value"]["issues"]]
    message = Discord(pdm).say("1182", "\n".join(lines))
    pdm.export("lines sent", len(lines))
    return message
