"""List apps"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["heroku"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/vnd.heroku+json; version=3"}
    response = requests.get("https://api.heroku.com/apps", headers=headers, timeout=30)
    response.raise_for_status()
    return [app["name"] for app in response.json()]
