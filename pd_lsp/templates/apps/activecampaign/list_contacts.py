"""List contacts"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["activecampaign"]["$auth"]
    headers = {"Api-Token": auth["api_key"]}
    url = f"{auth['base_url']}/api/3/contacts"
    response = requests.get(url, headers=headers, params={"limit": 20}, timeout=30)
    response.raise_for_status()
    return [contact["email"] for contact in response.json()["contacts"]]
