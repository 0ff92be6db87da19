"""List sites"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["sharepoint"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get(
        "https://graph.microsoft.com/v1.0/sites", headers=headers, params={"search": "*"}, timeout=30
    )
    response.raise_for_status()
    return [{"id": site["id"], "url": site["webUrl"]} for site in response.json()["value"]]
