"""List pages"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["confluence"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    sites = requests.get("https://api.atlassian.com/oauth/token/accessible-resources", headers=headers, timeout=30)
    sites.raise_for_status()
    site = sites.json()[0]["id"]
    url = f"https://api.atlassian.com/ex/confluence/{site}/wiki/api/v2/pages"
    response = requests.get(url, headers=headers, params={"limit": 20}, timeout=30)
    response.raise_for_status()
    return [{"id": page["id"], "title": page["title"]} for page in response.json()["results"]]
