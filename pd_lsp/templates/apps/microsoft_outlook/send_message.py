"""Send a message"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_outlook"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    message = {
        "subject": "Hello from Pipedream",
        "body": {"contentType": "Text", "content": "Sent by a Python step."},
        "toRecipients": [{"emailAddress": {"address": "someone@example.com"}}],
    }
    url = "https://graph.microsoft.com/v1.0/me/sendMail"
    response = requests.post(url, headers=headers, json={"message": message}, timeout=30)
    response.raise_for_status()
    return "sent"
