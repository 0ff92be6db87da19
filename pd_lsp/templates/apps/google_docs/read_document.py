"""Read a document"""

# pipedream add-package google-auth
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["google_docs"]["$auth"]["oauth_access_token"]
    # The long word between /d/ and /edit in the address of the document.
    document_id = "your-document-id"
    with build("docs", "v1", credentials=Credentials(token)) as docs:
        document = docs.documents().get(documentId=document_id).execute()
    return document["title"]
