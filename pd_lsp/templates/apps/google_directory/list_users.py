"""List users"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_directory"]["$auth"]["oauth_access_token"]
    with build("admin", "directory_v1", credentials=Credentials(token)) as directory:
        found = directory.users().list(customer="my_customer", maxResults=20).execute()
    return found.get("users", [])
