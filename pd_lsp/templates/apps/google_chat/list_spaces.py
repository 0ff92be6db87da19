"""List spaces"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_chat"]["$auth"]["oauth_access_token"]
    with build("chat", "v1", credentials=Credentials(token)) as chat:
        found = chat.spaces().list(pageSize=20).execute()
    return found.get("spaces", [])
