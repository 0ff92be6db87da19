"""Show my channel"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["youtube_data_api"]["$auth"]["oauth_access_token"]
    with build("youtube", "v3", credentials=Credentials(token)) as youtube:
        found = youtube.channels().list(part="snippet,statistics", mine=True).execute()
    return found.get("items", [])
