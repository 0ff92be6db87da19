"""List docs"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["coda"]["$auth"]["api_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://coda.io/apis/v1/docs", headers=headers, params={"limit": 20}, timeout=30)
    response.raise_for_status()
    return [{"id": doc["id"], "name": doc["name"]} for doc in response.json()["items"]]
