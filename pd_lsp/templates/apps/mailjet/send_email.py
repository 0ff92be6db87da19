"""Send an e-mail"""

from mailjet_rest import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["mailjet"]["$auth"]
    client = Client(auth=(auth["public_key"], auth["secret_key"]), version="v3.1")
    message = {
        "From": {"Email": "you@example.com"},
        "To": [{"Email": "someone@example.com"}],
        "Subject": "Hello from Pipedream",
        "TextPart": "Sent by a Python step.",
    }
    response = client.send.create(data={"Messages": [message]}, timeout=30)
    response.raise_for_status()
    return response.json()
