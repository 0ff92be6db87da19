"""List subscribers"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["mailerlite"]["$auth"]["api_key"]
    headers = {"Authorization": f"Bearer {api_key}"}
    url = "https://connect.mailerlite.com/api/subscribers"
    response = requests.get(url, headers=headers, params={"limit": 20}, timeout=30)
    response.raise_for_status()
    return [subscriber["email"] for subscriber in response.json()["data"]]
