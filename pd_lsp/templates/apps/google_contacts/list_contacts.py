"""List contacts"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_contacts"]["$auth"]["oauth_access_token"]
    with build("people", "v1", credentials=Credentials(token)) as people:
        contacts = people.people().connections()
        found = contacts.list(resourceName="people/me", personFields="names,emailAddresses", pageSize=20).execute()
    return found.get("connections", [])
