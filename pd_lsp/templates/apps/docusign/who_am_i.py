"""Show my accounts"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["docusign"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://account.docusign.com/oauth/userinfo", headers=headers, timeout=30)
    response.raise_for_status()
    return response.json()["accounts"]
