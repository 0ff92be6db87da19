"""List the chats that wrote to the bot"""

import requests


def handler(pd: "pipedream"):
    token = pd.inputs["telegram_bot_api"]["$auth"]["token"]
    # Telegram refuses this while the bot has a webhook, as a trigger of Pipedream sets one.
    response = requests.get(f"https://api.telegram.org/bot{token}/getUpdates", timeout=30)
    response.raise_for_status()
    return [update["message"]["chat"] for update in response.json()["result"] if "message" in update]
