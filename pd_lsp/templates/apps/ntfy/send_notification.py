"""Send a notification"""

import requests


def handler(pd: "pipedream"):
    server = pd.inputs["ntfy"]["$auth"]["server"]
    # Whoever knows the name of a topic can read it.
    topic = "your-topic"
    response = requests.post(f"{server}/{topic}", data="Hello from Pipedream!", timeout=30)
    response.raise_for_status()
    return response.json()["id"]
