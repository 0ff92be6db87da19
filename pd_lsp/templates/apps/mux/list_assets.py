"""List assets"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["mux"]["$auth"]
    response = requests.get(
        "https://api.mux.com/video/v1/assets",
        params={"limit": 10},
        auth=(auth["access_key"], auth["secret_key"]),
        timeout=30,
    )
    response.raise_for_status()
    return response.json()["data"]
