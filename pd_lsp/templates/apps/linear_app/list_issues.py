"""List issues"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["linear_app"]["$auth"]["api_key"]
    headers = {"Authorization": api_key}
    query = "{ issues(first: 20, orderBy: updatedAt) { nodes { identifier title url } } }"
    response = requests.post("https://api.linear.app/graphql", headers=headers, json={"query": query}, timeout=30)
    response.raise_for_status()
    return response.json()["data"]["issues"]["nodes"]
