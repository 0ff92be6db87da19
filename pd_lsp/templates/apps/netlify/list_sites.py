"""List sites"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["netlify"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get(
        "https://api.netlify.com/api/v1/sites", headers=headers, params={"per_page": 20}, timeout=30
    )
    response.raise_for_status()
    return [{"name": site["name"], "url": site["ssl_url"]} for site in response.json()]
