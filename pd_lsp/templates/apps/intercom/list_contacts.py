"""List contacts"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["intercom"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.intercom.io/contacts", headers=headers, params={"per_page": 20}, timeout=30)
    response.raise_for_status()
    return [{"id": contact["id"], "email": contact["email"]} for contact in response.json()["data"]]
