"""List users"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["okta"]["$auth"]
    headers = {"Authorization": f"SSWS {auth['api_token']}"}
    url = f"https://{auth['subdomain']}.okta.com/api/v1/users"
    response = requests.get(url, headers=headers, params={"limit": 10}, timeout=30)
    response.raise_for_status()
    return [user["profile"]["login"] for user in response.json()]
