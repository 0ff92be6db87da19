"""List leads"""

import requests


def handler(pd: "pipedream"):
    api_key = pd.inputs["close"]["$auth"]["api_key"]
    params = {"_limit": 20, "_fields": "id,display_name"}
    response = requests.get("https://api.close.com/api/v1/lead/", auth=(api_key, ""), params=params, timeout=30)
    response.raise_for_status()
    return response.json()["data"]
