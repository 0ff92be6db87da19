"""Send a message"""

# pipedream add-package google-auth
import base64
from email.message import EmailMessage

from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build


def handler(pd: "pipedream"):
    token = pd.inputs["gmail"]["$auth"]["oauth_access_token"]
    message = EmailMessage()
    message["To"] = "someone@example.com"
    message["Subject"] = "Hello from Pipedream"
    message.set_content("Sent by a Python step.")
    body = {"raw": base64.urlsafe_b64encode(message.as_bytes()).decode()}
    with build("gmail", "v1", credentials=Credentials(token)) as gmail:
        sent = gmail.users().messages().send(userId="me", body=body).execute()
    return sent
