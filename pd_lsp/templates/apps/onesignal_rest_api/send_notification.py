"""Send a notification to a person"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["onesignal_rest_api"]["$auth"]
    headers = {"Authorization": f"Basic {auth['rest_api_key']}"}
    body = {
        "app_id": auth["app_id"],
        # The person's external id; "included_segments": ["All"] in its place reaches everybody.
        "include_aliases": {"external_id": ["your-user-id"]},
        "target_channel": "push",
        "contents": {"en": "Hello from Pipedream!"},
    }
    response = requests.post("https://onesignal.com/api/v1/notifications", headers=headers, json=body, timeout=30)
    response.raise_for_status()
    return response.json()
