"""Send a message to a channel"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_teams"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    # Both are in the link to the channel: groupId=, and what lies between /channel/ and the name.
    team_id, channel_id = "your-team-id", "your-channel-id"
    url = f"https://graph.microsoft.com/v1.0/teams/{team_id}/channels/{channel_id}/messages"
    message = {"body": {"content": "Hello from Pipedream!"}}
    response = requests.post(url, headers=headers, json=message, timeout=30)
    response.raise_for_status()
    return response.json()["webUrl"]
