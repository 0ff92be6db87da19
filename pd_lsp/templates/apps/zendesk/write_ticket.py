"""Create a ticket"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["zendesk"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    ticket = {"subject": "Made by a workflow", "comment": {"body": "Details…"}}
    url = f"https://{auth['subdomain']}.zendesk.com/api/v2/tickets.json"
    response = requests.post(url, headers=headers, json={"ticket": ticket}, timeout=30)
    response.raise_for_status()
    return response.json()["ticket"]["id"]
