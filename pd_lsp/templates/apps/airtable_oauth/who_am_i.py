"""See which user the account belongs to, and what it may do"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["airtable_oauth"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.airtable.com/v0/meta/whoami", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
