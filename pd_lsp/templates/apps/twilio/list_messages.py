"""List messages"""

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["twilio"]["$auth"]
    client = Client(auth["Sid"], auth["Secret"], auth["AccountSid"], http_client=TwilioHttpClient(timeout=30))
    return [{"sid": message.sid, "status": message.status} for message in client.messages.list(limit=20)]
