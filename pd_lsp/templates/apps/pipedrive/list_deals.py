"""List deals"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["pipedrive"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['oauth_access_token']}"}
    response = requests.get(f"{auth['api_domain']}/api/v2/deals", headers=headers, params={"limit": 20}, timeout=30)
    response.raise_for_status()
    return [{"id": deal["id"], "title": deal["title"]} for deal in response.json()["data"]]
