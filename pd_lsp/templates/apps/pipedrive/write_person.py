"""Create a person"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["pipedrive"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    person = {"name": "Made by a workflow", "emails": [{"value": "someone@example.com", "primary": True}]}
    response = requests.post(f"{auth['api_domain']}/api/v2/persons", headers=headers, json=person, timeout=30)
    response.raise_for_status()
    return response.json()["data"]["id"]
