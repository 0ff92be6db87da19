"""List boards"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["monday"]["$auth"]["api_key"]
    headers = {"Authorization": api_key}
    query = "{ boards(limit: 20) { id name } }"
    response = requests.post("https://api.monday.com/v2", headers=headers, json={"query": query}, timeout=30)
    response.raise_for_status()
    return response.json()["data"]["boards"]
