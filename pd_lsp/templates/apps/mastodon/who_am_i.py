"""See which profile the account belongs to"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["mastodon"]["$auth"]
    headers = {"Authorization": f"Bearer {auth['access_token']}"}
    url = f"https://{auth['site_domain']}/api/v1/accounts/verify_credentials"
    response = requests.get(url, headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()
