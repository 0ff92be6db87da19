"""Show my account"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["reddit"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}", "User-Agent": "python:pipedream-step:1.0"}
    response = requests.get("https://oauth.reddit.com/api/v1/me", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()["name"]
