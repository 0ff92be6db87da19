"""List notifications"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["onesignal_rest_api"]["$auth"]
    headers = {"Authorization": f"Basic {auth['rest_api_key']}"}
    params = {"app_id": auth["app_id"], "limit": 10}
    response = requests.get("https://onesignal.com/api/v1/notifications", headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return response.json()["notifications"]
