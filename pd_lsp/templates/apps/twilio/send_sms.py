"""Send a text message"""

from twilio.http.http_client import TwilioHttpClient
from twilio.rest import Client


def handler(pd: "pipedream"):
    auth = pd.inputs["twilio"]["$auth"]
    client = Client(auth["Sid"], auth["Secret"], auth["AccountSid"], http_client=TwilioHttpClient(timeout=30))
    message = client.messages.create(to="+15550100", from_="+15550101", body="Hello from Pipedream!")
    return message.sid
