"""List workspaces"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["clickup"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": token}
    response = requests.get("https://api.clickup.com/api/v2/team", headers=headers, timeout=30)
    response.raise_for_status()
    return [{"id": team["id"], "name": team["name"]} for team in response.json()["teams"]]
