"""Create a meeting"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["zoom"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # Type 2 is a meeting at a time; the time is UTC where it ends in Z.
    meeting = {"topic": "Made by a workflow", "type": 2, "start_time": "2030-01-31T15:00:00Z", "duration": 30}
    response = requests.post("https://api.zoom.us/v2/users/me/meetings", headers=headers, json=meeting, timeout=30)
    response.raise_for_status()
    return response.json()["join_url"]
