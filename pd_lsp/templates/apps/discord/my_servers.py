"""List my servers"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["discord"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://discord.com/api/v10/users/@me/guilds", headers=headers, timeout=30)
    response.raise_for_status()
    return [server["name"] for server in response.json()]
