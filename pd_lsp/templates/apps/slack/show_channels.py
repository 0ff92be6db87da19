"""List channels"""

from slack_sdk import WebClient


def handler(pd: "pipedream"):
    token = pd.inputs["slack"]["$auth"]["oauth_access_token"]
    client = WebClient(token=token)
    found = client.conversations_list(limit=100, exclude_archived=True)
    return [channel["name"] for channel in found.get("channels", [])]
