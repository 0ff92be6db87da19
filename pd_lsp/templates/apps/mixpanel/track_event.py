"""Track an event"""

from mixpanel import Mixpanel


def handler(pd: "pipedream"):
    token = pd.inputs["mixpanel"]["$auth"]["token"]
    event = "Step ran"
    Mixpanel(token).track("someone@example.com", event, {"made_by": "a workflow"})
    return event
