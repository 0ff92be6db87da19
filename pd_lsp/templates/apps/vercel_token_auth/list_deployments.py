"""List deployments"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["vercel_token_auth"]["$auth"]["personal_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api.vercel.com/v6/deployments"
    # What belongs to a team needs "teamId" beside the limit.
    response = requests.get(url, headers=headers, params={"limit": 20}, timeout=30)
    response.raise_for_status()
    return [{"name": deployment["name"], "state": deployment["state"]} for deployment in response.json()["deployments"]]
