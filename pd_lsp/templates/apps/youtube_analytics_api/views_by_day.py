"""Count views by day"""

# pipedream add-package google-auth
from datetime import date, timedelta

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["youtube_analytics_api"]["$auth"]["oauth_access_token"]
    today = date.today()
    with build("youtubeAnalytics", "v2", credentials=Credentials(token)) as analytics:
        request = analytics.reports().query(
            ids="channel==MINE",
            startDate=str(today - timedelta(days=28)),
            endDate=str(today),
            metrics="views",
            dimensions="day",
        )
        report = request.execute()
    return report.get("rows", [])
