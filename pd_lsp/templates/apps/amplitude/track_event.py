"""Track an event"""

from amplitude import Amplitude, BaseEvent


def handler(pd: "pipedream"):
    api_key = pd.inputs["amplitude"]["$auth"]["api_key"]
    client = Amplitude(api_key)
    client.track(BaseEvent("Step ran", user_id="someone@example.com"))
    for sending in client.flush():
        sending.result(timeout=20)
    return "sent"
