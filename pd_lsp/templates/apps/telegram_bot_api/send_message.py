"""Send a message"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["telegram_bot_api"]["$auth"]["token"]
    body = {"chat_id": "your-chat-id", "text": "Hello from Pipedream!"}
    response = requests.post(f"https://api.telegram.org/bot{token}/sendMessage", json=body, timeout=30)
    response.raise_for_status()
    return response.json()["result"]
