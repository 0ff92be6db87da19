"""Send a notification"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["onesignal_rest_api"]["$auth"]
    headers = {"Authorization": f"Basic {auth['rest_api_key']}"}
    body = {"app_id": auth["app_id"], "included_segments": ["All"], "contents": {"en": "Hello from Pipedream!"}}
    response = requests.post("https://onesignal.com/api/v1/notifications", headers=headers, json=body, timeout=30)
    response.raise_for_status()
    return response.json()
