"""List open incidents"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["pagerduty"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.pagerduty+json;version=2"}
    params = {"statuses[]": ["triggered", "acknowledged"], "limit": 20}
    response = requests.get("https://api.pagerduty.com/incidents", headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return [{"title": incident["title"], "url": incident["html_url"]} for incident in response.json()["incidents"]]
