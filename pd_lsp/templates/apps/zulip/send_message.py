"""Send a message to a channel"""

from zulip import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["zulip"]["$auth"]
    client = Client(email=auth["email"], api_key=auth["api_key"], site=f"https://{auth['domain']}.zulipchat.com")
    message = {"type": "stream", "to": "your-channel", "topic": "Pipedream", "content": "Hello from Pipedream!"}
    return client.send_message(message)
