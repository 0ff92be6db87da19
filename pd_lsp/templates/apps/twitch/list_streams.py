"""List the streams that most people watch"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["twitch"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}", "Client-Id": auth["oauth_client_id"]}
    response = requests.get("https://api.twitch.tv/helix/streams", headers=headers, params={"first": 10}, timeout=30)
    response.raise_for_status()
    return [{"user": stream["user_name"], "title": stream["title"]} for stream in response.json()["data"]]
