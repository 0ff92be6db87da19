"""Send a message to a channel"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["discord_bot"]["$auth"]["bot_token"]
    headers = {"Authorization": f"Bot {token}"}
    # Discord copies it from the menu of the channel, once its settings have the developer mode on.
    channel_id = "your-channel-id"
    url = f"https://discord.com/api/v10/channels/{channel_id}/messages"
    response = requests.post(url, headers=headers, json={"content": "Hello from Pipedream!"}, timeout=30)
    response.raise_for_status()
    return response.json()["id"]
