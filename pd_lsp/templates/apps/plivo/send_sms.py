"""Send a text message"""

import plivo


def handler(pd: "pipedream"):
    auth = pd.inputs["plivo"]["$auth"]
    with plivo.RestClient(auth["auth_id"], auth["auth_token"], timeout=30) as client:
        sent = client.messages.create(src="+15550101", dst="+15550100", text="Hello from Pipedream!")
    return sent.message_uuid
