"""Track an event"""

from mixpanel import Consumer, Mixpanel


def handler(pd: "pipedream"):
    token = pd.inputs["mixpanel"]["$auth"]["token"]
    event = "Step ran"
    client = Mixpanel(token, consumer=Consumer(request_timeout=30))
    client.track("someone@example.com", event, {"made_by": "a workflow"})
    return event
