"""List sites"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_search_console"]["$auth"]["oauth_access_token"]
    with build("searchconsole", "v1", credentials=Credentials(token)) as console:
        found = console.sites().list().execute()
    return found.get("siteEntry", [])
