"""List courses"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_classroom"]["$auth"]["oauth_access_token"]
    with build("classroom", "v1", credentials=Credentials(token)) as classroom:
        found = classroom.courses().list(pageSize=20).execute()
    return found.get("courses", [])
