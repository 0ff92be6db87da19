"""List the next events"""

from datetime import datetime, timedelta, timezone

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["microsoft_outlook_calendar"]["$auth"]["oauth_access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    now = datetime.now(timezone.utc)
    params = {
        "startDateTime": now.isoformat(),
        "endDateTime": (now + timedelta(days=7)).isoformat(),
        "$orderby": "start/dateTime",
        "$top": 10,
    }
    url = "https://graph.microsoft.com/v1.0/me/calendarView"
    response = requests.get(url, headers=headers, params=params, timeout=30)
    response.raise_for_status()
    return [{"subject": event["subject"], "start": event["start"]} for event in response.json()["value"]]
