"""Create or update a subscriber"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["mailerlite"]["$auth"]["api_key"]
    headers = {"Authorization": f"Bearer {api_key}"}
    url = "https://connect.mailerlite.com/api/subscribers"
    response = requests.post(url, headers=headers, json={"email": "someone@example.com"}, timeout=30)
    response.raise_for_status()
    return response.json()["data"]["id"]
