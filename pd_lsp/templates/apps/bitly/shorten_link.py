"""Shorten a link"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["bitly"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    url = "https://api-ssl.bitly.com/v4/shorten"
    response = requests.post(url, headers=headers, json={"long_url": "https://example.com"}, timeout=30)
    response.raise_for_status()
    return response.json()["link"]
