"""Create an event"""

from datetime import datetime, timedelta, timezone

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_outlook_calendar"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    start = datetime.now(timezone.utc).replace(tzinfo=None) + timedelta(days=1)
    event = {
        "subject": "Made by a workflow",
        "start": {"dateTime": start.isoformat(), "timeZone": "UTC"},
        "end": {"dateTime": (start + timedelta(hours=1)).isoformat(), "timeZone": "UTC"},
    }
    response = requests.post("https://graph.microsoft.com/v1.0/me/events", headers=headers, json=event, timeout=30)
    response.raise_for_status()
    return response.json()["webLink"]
