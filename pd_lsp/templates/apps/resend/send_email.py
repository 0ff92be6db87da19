"""Send an e-mail"""

import resend


def handler(pd: "pipedream"):
    resend.api_key = pd.inputs["resend"]["$auth"]["api_key"]
    return resend.Emails.send(
        {
            "from": "you@example.com",
            "to": ["someone@example.com"],
            "subject": "Hello from Pipedream",
            "text": "Sent by a Python step.",
        }
    )
