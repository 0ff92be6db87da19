"""Post a message to a channel"""

from slack_sdk import WebClient


def handler(pd: "pipedream"):
    token = pd.inputs["slack_v2"]["$auth"]["oauth_access_token"]
    client = WebClient(token=token)
    message = client.chat_postMessage(channel="#your-channel", text="Hello from Pipedream!")
    return message.data
