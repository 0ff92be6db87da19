"""Show my profile"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["bluesky"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    url = "https://bsky.social/xrpc/app.bsky.actor.getProfile"
    response = requests.get(url, headers=headers, params={"actor": auth["did"]}, timeout=30)
    response.raise_for_status()
    return response.json()
