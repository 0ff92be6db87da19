"""List the responses to a form"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_forms"]["$auth"]["oauth_access_token"]
    # The long word between /d/ and /edit in the address of the form.
    form_id = "your-form-id"
    with build("forms", "v1", credentials=Credentials(token)) as forms:
        found = forms.forms().responses().list(formId=form_id).execute()
    return found.get("responses", [])
