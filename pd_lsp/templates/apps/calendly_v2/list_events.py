"""List scheduled events"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["calendly_v2"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    response = requests.get("https://api.calendly.com/users/me", headers=headers, timeout=30)
    response.raise_for_status()
    params = {"user": response.json()["resource"]["uri"], "status": "active", "sort": "start_time:desc", "count": 20}
    response = requests.get("https://api.calendly.com/scheduled_events", headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return [{"name": event["name"], "start": event["start_time"]} for event in response.json()["collection"]]
