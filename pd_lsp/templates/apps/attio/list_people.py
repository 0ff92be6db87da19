"""List people"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["attio"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api.attio.com/v2/objects/people/records/query"
    response = requests.post(url, headers=headers, json={"limit": 20}, timeout=30)
    response.raise_for_status()
    return response.json()["data"]
