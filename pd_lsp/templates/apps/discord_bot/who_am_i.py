"""See which bot the account belongs to"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["discord_bot"]["$auth"]["bot_token"]
    headers = {"Authorization": f"Bot {token}"}
    response = requests.get("https://discord.com/api/users/@me", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
