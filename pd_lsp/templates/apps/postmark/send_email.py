"""Send an e-mail"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["postmark"]["$auth"]["api_key"]
    headers = {"X-Postmark-Server-Token": api_key, "Accept": "application/json"}
    message = {
        "From": "you@example.com",
        "To": "someone@example.com",
        "Subject": "Hello from Pipedream",
        "TextBody": "Sent by a Python step.",
    }
    response = requests.post("https://api.postmarkapp.com/email", headers=headers, json=message, timeout=30)
    response.raise_for_status()
    return response.json()["MessageID"]
