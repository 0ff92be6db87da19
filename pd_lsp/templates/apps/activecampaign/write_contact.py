"""Create a contact"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["activecampaign"]["$auth"]
    headers = {"Api-Token": auth["api_key"]}
    url = f"{auth['base_url']}/api/3/contacts"
    contact = {"email": "someone@example.com", "firstName": "Someone"}
    response = requests.post(url, headers=headers, json={"contact": contact}, timeout=30)
    response.raise_for_status()
    return response.json()["contact"]["id"]
