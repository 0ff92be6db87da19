"""Upload a text file"""

# pipedream add-package google-auth
import io

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.http import MediaIoBaseUpload


def handler(pd: "pipedream"):
    token = pd.inputs["google_drive"]["$auth"]["oauth_access_token"]
    content = MediaIoBaseUpload(io.BytesIO(b"Hello from Pipedream!"), mimetype="text/plain")
    with build("drive", "v3", credentials=Credentials(token)) as drive:
        created = drive.files().create(body={"name": "hello.txt"}, media_body=content, fields="id, name").execute()
    return created
