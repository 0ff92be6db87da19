"""Post a status"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["mastodon"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['access_token']}"}
    # "direct" shows it to whom it mentions alone; "public" to all.
    status = {"status": "Hello from Pipedream!", "visibility": "direct"}
    url = f"https://{auth['site_domain']}/api/v1/statuses"
    response = requests.post(url, headers=headers, data=status, timeout=30)
    response.raise_for_status()
    return response.json()["url"]
