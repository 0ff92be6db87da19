"""Send an e-mail"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["mailgun"]["$auth"]
    host = "api.eu.mailgun.net" if auth["region"] == "EU" else "api.mailgun.net"
    domain = "your-domain"
    message = {
        "from": f"Workflow <workflow@{domain}>",
        "to": "someone@example.com",
        "subject": "Hello from Pipedream",
        "text": "Sent by a Python step.",
    }
    url = f"https://{host}/v3/{domain}/messages"
    response = requests.post(url, auth=("api", auth["api_key"]), data=message, timeout=30)
    response.raise_for_status()
    return response.json()["id"]
