"""Create an event"""

# pipedream add-package google-auth
from datetime import datetime, timedelta, timezone

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_calendar"]["$auth"]["oauth_access_token"]
    start = datetime.now(timezone.utc) + timedelta(days=1)
    event = {
        "summary": "Made by a workflow",
        "start": {"dateTime": start.isoformat()},
        "end": {"dateTime": (start + timedelta(hours=1)).isoformat()},
    }
    with build("calendar", "v3", credentials=Credentials(token)) as calendar:
        created = calendar.events().insert(calendarId="primary", body=event).execute()
    return created
