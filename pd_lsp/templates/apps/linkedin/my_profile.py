"""Show my profile"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["linkedin"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.linkedin.com/v2/me", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
