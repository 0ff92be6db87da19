"""Send a notification to my devices"""

import requests


def handler(pd: "pipedream"):
    auth = pd.inputs["pushover"]["$auth"]
    message = {"token": auth["api_token"], "user": auth["user_key"], "message": "Hello from Pipedream!"}
    response = requests.post("https://api.pushover.net/1/messages.json", data=message, timeout=30)
    response.raise_for_status()
    return response.json()["request"]
