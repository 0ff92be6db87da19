"""Create a ticket"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["freshdesk"]["$auth"]
    url = f"https://{auth['domain']}/api/v2/tickets"
    # With a key in the place of a user name, the password may be anything.
    credentials = (auth["api_key"], "X")
    ticket = {
        "subject": "Made by a workflow",
        "description": "Details…",
        "email": "someone@example.com",
        "priority": 1,
        "status": 2,
    }
    response = requests.post(url, auth=credentials, json=ticket, timeout=30)
    response.raise_for_status()
    return response.json()["id"]
