"""Send a text message"""

from messagebird import Client


def handler(pd: "pipedream"):
    access_key = pd.inputs["message_bird"]["$auth"]["access_key"]
    client = Client(access_key)
    sent = client.message_create("Pipedream", "+15550100", "Hello from Pipedream!")
    return sent.id
