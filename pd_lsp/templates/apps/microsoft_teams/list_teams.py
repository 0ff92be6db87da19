"""List my teams"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_teams"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://graph.microsoft.com/v1.0/me/joinedTeams", headers=headers, timeout=30)
    response.raise_for_status()
    return [{"id": team["id"], "name": team["displayName"]} for team in response.json()["value"]]
