"""List unread messages"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["gmail"]["$auth"]["oauth_access_token"]
    with build("gmail", "v1", credentials=Credentials(token)) as gmail:
        found = gmail.users().messages().list(userId="me", q="is:unread", maxResults=10).execute()
    return found.get("messages", [])
