"""List files"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_drive"]["$auth"]["oauth_access_token"]
    with build("drive", "v3", credentials=Credentials(token)) as drive:
        found = drive.files().list(pageSize=20, fields="files(id, name, mimeType)").execute()
    return found["files"]
