"""Capture an event"""

from posthog import Posthog


def handler(pd: "pipedream"):
    auth = pd.inputs["posthog"]["$auth"]
    client = Posthog(auth["api_key"], host=f"https://{auth['instance_url']}", sync_mode=True)
    return client.capture("step ran", distinct_id="someone@example.com")
