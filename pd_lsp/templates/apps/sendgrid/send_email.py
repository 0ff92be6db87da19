"""Send an e-mail"""

from sendgrid import SendGridAPIClient
from sendgrid.helpers.mail import Mail


def handler(pd: "pipedream"):
    api_key = pd.inputs["sendgrid"]["$auth"]["api_key"]
    message = Mail(
        from_email="you@example.com",
        to_emails="someone@example.com",
        subject="Hello from Pipedream",
        plain_text_content="Sent by a Python step.",
    )
    sendgrid = SendGridAPIClient(api_key)
    sendgrid.client.timeout = 30
    response = sendgrid.send(message)
    return response.status_code
