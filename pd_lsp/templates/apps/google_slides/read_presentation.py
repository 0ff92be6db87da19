"""Read a presentation"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_slides"]["$auth"]["oauth_access_token"]
    # The long word between /d/ and /edit in the address of the presentation.
    presentation_id = "your-presentation-id"
    with build("slides", "v1", credentials=Credentials(token)) as slides:
        presentation = slides.presentations().get(presentationId=presentation_id).execute()
    return presentation["title"]
