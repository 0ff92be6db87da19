"""List contacts"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["hubspot"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api.hubapi.com/crm/v3/objects/contacts"
    response = requests.get(url, headers=headers, params={"limit": 10}, timeout=30)
    response.raise_for_status()
    return response.json()["results"]
