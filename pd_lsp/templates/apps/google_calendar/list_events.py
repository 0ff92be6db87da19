"""List the next events"""

# pipedream add-package google-auth
from datetime import datetime, timezone

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_calendar"]["$auth"]["oauth_access_token"]
    now = datetime.now(timezone.utc).isoformat()
    with build("calendar", "v3", credentials=Credentials(token)) as calendar:
        request = calendar.events().list(
            calendarId="primary", timeMin=now, maxResults=10, singleEvents=True, orderBy="startTime"
        )
        found = request.execute()
    return found["items"]
