"""Send an e-mail"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["brevo"]["$auth"]["api_key"]
    message = {
        "sender": {"email": "you@example.com"},
        "to": [{"email": "someone@example.com"}],
        "subject": "Hello from Pipedream",
        "textContent": "Sent by a Python step.",
    }
    url = "https://api.brevo.com/v3/smtp/email"
    response = requests.post(url, headers={"api-key": api_key}, json=message, timeout=30)
    response.raise_for_status()
    return response.json()["messageId"]
