"""Create a contact"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["hubspot"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    contact = {"properties": {"email": "someone@example.com", "firstname": "Someone"}}
    url = "https://api.hubapi.com/crm/v3/objects/contacts"
    response = requests.post(url, headers=headers, json=contact, timeout=30)
    response.raise_for_status()
    return response.json()["id"]
