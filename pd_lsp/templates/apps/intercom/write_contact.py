"""Create a contact"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["intercom"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    contact = {"role": "user", "email": "someone@example.com", "name": "Someone"}
    response = requests.post("https://api.intercom.io/contacts", headers=headers, json=contact, timeout=30)
    response.raise_for_status()
    return response.json()["id"]
