"""Find the e-mail addresses of a company"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["hunter"]["$auth"]["api_key"]
    url = "https://api.hunter.io/v2/domain-search"
    params = {"domain": "example.com", "limit": 10}
    response = requests.get(url, headers={"X-API-KEY": api_key}, params=params, timeout=30)
    response.raise_for_status()
    return [found["value"] for found in response.json()["data"]["emails"]]
